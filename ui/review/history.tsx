import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DecisionFacts, ReviewDetail, RunDetail, Version } from '../../api/contract/index.js';
import { Dialog } from '../shared/dialog.js';
import { when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { runQuery } from '../shared/queries.js';
import { decisionWords } from './outcome-words.js';
import { writerOf } from './authors.js';

type Entry = { at: string; key: string; version?: Version; decision?: DecisionFacts };

function entries(run: RunDetail): Entry[] {
  return [
    ...run.versions.map((version) => ({ at: version.createdAt, key: `v${String(version.version)}`, version })),
    ...run.decisions.map((decision) => ({ at: decision.decidedAt, key: decision.id, decision })),
  ].toSorted((a, b) => b.at.localeCompare(a.at));
}

function VersionEntry({ version, review, onLeave }: { version: Version; review: ReviewDetail; onLeave: () => void }) {
  const shown = version.version === review.draftVersion;
  const comparable = version.version < review.draftVersion && !version.alternative;
  return (
    <span>
      <b>
        Version {version.version}
        {version.author ? '' : ', drafted'}
      </b>{' '}
      by {writerOf(version)}
      {shown ? <span className="faint">, shown here</span> : null}
      {version.alternative ? (
        <span className="faint">. It came after a person had begun, so it is kept beside and is not used.</span>
      ) : null}
      {comparable ? (
        <>
          <br />
          <Link
            className="link"
            to="/reviews/$id"
            params={{ id: review.id }}
            search={{ view: 'changes', from: String(version.version) }}
            onClick={onLeave}
          >
            What changed since
          </Link>
        </>
      ) : null}
    </span>
  );
}

function History({ run, review, onLeave }: { run: RunDetail; review: ReviewDetail; onLeave: () => void }) {
  return (
    <ol className="after padded">
      {entries(run).map((entry) => (
        <li key={entry.key}>
          <Icon
            name={entry.decision || entry.version?.author ? 'done' : 'tick'}
            {...(entry.decision || entry.version?.author ? { className: 'pen' } : {})}
          />
          {entry.version ? <VersionEntry version={entry.version} review={review} onLeave={onLeave} /> : null}
          {entry.decision ? (
            <span>
              <b>{decisionWords(entry.decision)}</b>
              {entry.decision.reason ? <q className="said">{entry.decision.reason}</q> : null}
            </span>
          ) : null}
          <time dateTime={entry.at}>{when(entry.at)}</time>
        </li>
      ))}
    </ol>
  );
}

/** Every version and every decision of this run, newest first. */
export function HistoryDialog(props: { review: ReviewDetail; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { review, open, onOpenChange } = props;
  const run = useQuery({ ...runQuery(review.runId), enabled: open });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="History" shape="side">
      {run.isError ? <Failure error={run.error} retry={() => void run.refetch()} /> : null}
      {run.data ? (
        <History run={run.data} review={review} onLeave={() => onOpenChange(false)} />
      ) : run.isError ? null : (
        <Lines />
      )}
      <p className="padded">
        <Link className="link sm" to="/timeline" search={{ run: review.runId }}>
          Every event of this run, with its proof
        </Link>
      </p>
    </Dialog>
  );
}
