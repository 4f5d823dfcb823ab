import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Publication, RunSummary } from '../../api/contract/index.js';
import { isOpen } from '../../workflows/domain/states.js';
import { tracks } from '../../workflows/domain/tracks.js';
import { ReasonDialog } from '../review/reason-dialog.js';
import { ask } from '../shared/api.js';
import { Button, buttonClass } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { Note, type NoteTone } from '../shared/note.js';
import { useMay } from '../shared/queries.js';
import { RunStateMark } from '../shared/state-mark.js';
import { RetryButtons } from './retry.js';

type Deed = 'withdraw' | 'release' | { publication: Publication; resolution: 'arrived' | 'send-again' };

/** A run without an open review: where it stands, why, and what a person can do about it. */
export function RunPanel({ run, titled = true }: { run: RunSummary; titled?: boolean }) {
  const operator = useMay('operator');
  const approver = useMay('approver');
  const client = useQueryClient();
  const [deed, setDeed] = useState<Deed | null>(null);
  const stuck = run.publications.find((p) => p.state === 'uncertain' || p.state === 'failed');
  const done = run.publications.find((p) => p.state === 'published');
  const settle = async () => {
    await client.invalidateQueries({ queryKey: ['inbox'] });
    await client.invalidateQueries({ queryKey: ['run', run.id] });
  };
  const doIt = async (reason: string) => {
    const params = { id: run.id };
    if (deed === 'withdraw') await ask('post /api/runs/{id}/withdraw', { params, body: { reason } });
    else if (deed === 'release') await ask('post /api/runs/{id}/release', { params, body: { reason } });
    else if (deed) {
      const { publication, resolution } = deed;
      await ask('post /api/publications/{id}/resolve', {
        params: { id: publication.id },
        body: { resolution, reason },
      });
    }
    await settle();
  };
  return (
    <>
      <p className="row sm dim">
        <span>{tracks[run.track].label}</span>
        {run.sample ? <span className="faint">Sample</span> : null}
      </p>
      {titled ? <h2 className="t1">{run.title}</h2> : null}
      <dl className="facts">
        <dt>Stands at</dt>
        <dd>
          <RunStateMark state={run.state} /> <span className="faint">since {when(run.movedAt)}</span>
        </dd>
        <dt>Started by</dt>
        <dd>
          {run.startedBy.name}, {when(run.createdAt)}
        </dd>
        {run.publications.map((publication) => (
          <PublicationFact key={publication.id} publication={publication} />
        ))}
      </dl>
      <div className="why">
        <Why run={run} stuck={stuck} />
      </div>
      <div className="row deeds">
        {stuck && approver ? (
          <>
            {stuck.state === 'uncertain' ? (
              <Button tone="primary" onClick={() => setDeed({ publication: stuck, resolution: 'arrived' })}>
                It is there
              </Button>
            ) : null}
            <Button onClick={() => setDeed({ publication: stuck, resolution: 'send-again' })}>Send it again</Button>
          </>
        ) : null}
        {run.state === 'kept-human' && approver ? (
          <Button onClick={() => setDeed('release')}>Let it be drafted</Button>
        ) : null}
        {operator && !stuck && (run.state === 'failed' || (run.state === 'drafting' && run.trouble)) ? (
          <RetryButtons run={run} onDone={settle} />
        ) : null}
        {done ? (
          <Link className={buttonClass()} to="/published/$id" params={{ id: done.id }}>
            See what was published
          </Link>
        ) : null}
        {run.reviewId ? (
          <Link
            className={buttonClass({ tone: run.state === 'in-review' ? 'primary' : 'plain' })}
            to="/reviews/$id"
            params={{ id: run.reviewId }}
          >
            {run.state === 'in-review' ? 'Open review' : 'See the review'}
          </Link>
        ) : null}
        {operator && isOpen(run.state) && run.state !== 'publishing' && !stuck ? (
          <Button tone="quiet" onClick={() => setDeed('withdraw')}>
            Withdraw
          </Button>
        ) : null}
      </div>
      {deed ? <DeedDialog deed={deed} onClose={() => setDeed(null)} onDo={doIt} /> : null}
    </>
  );
}

function PublicationFact({ publication }: { publication: Publication }) {
  const words = {
    reserved: 'about to be delivered',
    delivering: 'being delivered',
    published: 'published',
    uncertain: 'nobody can tell whether it arrived',
    failed: 'not delivered',
    superseded: 'given up for a later version',
  }[publication.state];
  return (
    <>
      <dt>{publication.target}</dt>
      <dd>
        {words} <span className="faint">{publication.address}</span>
      </dd>
    </>
  );
}

function Why({ run, stuck }: { run: RunSummary; stuck: Publication | undefined }) {
  const say = (tone: NoteTone, title: string, words: string) => (
    <Note tone={tone} title={title}>
      {words}
    </Note>
  );
  if (run.state === 'kept-human' && run.kept) {
    return say(
      'kept-human',
      'Kept human, before any model saw it.',
      `It matches “${run.kept.label}” at the words “${run.kept.words}”. Do it yourself, or let it be drafted and say why.`,
    );
  }
  if (stuck?.state === 'uncertain') {
    return say(
      'uncertain',
      stuck.trouble ?? 'Nobody can tell whether it arrived.',
      `Look in ${stuck.target} at ${stuck.address}, then choose: it is there, or send it again.`,
    );
  }
  if (stuck) return say('not-found', 'It was not delivered.', stuck.trouble ?? 'Nothing was published. Send it again.');
  if (run.trouble) {
    return say(run.state === 'failed' ? 'not-found' : 'plain', run.trouble.words, 'What you gave is safe.');
  }
  if (run.state === 'received' || run.state === 'drafting') {
    return say('plain', 'A draft is being written.', 'You can leave this page. It appears in the inbox by itself.');
  }
  if (run.state === 'approved' || run.state === 'publishing') {
    return say('pen', 'Approved.', 'It is on its way. This page follows by itself.');
  }
  return null;
}

function DeedDialog({
  deed,
  onClose,
  onDo,
}: {
  deed: Deed;
  onClose: () => void;
  onDo: (reason: string) => Promise<void>;
}) {
  const words =
    deed === 'withdraw'
      ? { verb: 'Withdraw', description: 'It ends here and nothing of it is published.', busyWords: 'Withdrawing…' }
      : deed === 'release'
        ? { verb: 'Let it be drafted', description: 'Your reason stands on the record.', busyWords: 'Releasing…' }
        : deed.resolution === 'arrived'
          ? { verb: 'It is there', description: 'Nothing is sent again.', busyWords: 'Noting…' }
          : { verb: 'Send it again', description: 'The approved page goes out once more.', busyWords: 'Sending…' };
  const label = typeof deed === 'object' && deed.resolution === 'arrived' ? 'Where you saw it' : 'Reason';
  return <ReasonDialog {...words} label={label} open onClose={onClose} onDo={onDo} />;
}
