import { useState } from 'react';
import type { ReviewDetail } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { useKeys } from '../shared/keys.js';
import { Note } from '../shared/note.js';
import { count, fingerprint } from '../shared/words.js';
import { trackPages } from '../tracks/index.js';
import { AskForChanges } from './ask-for-changes.js';
import { ReasonDialog } from './reason-dialog.js';
import type { Decide } from './use-decide.js';

/** What an approval would cover: “1 page, 4 images”. */
export function extentOf(review: ReviewDetail): string {
  const images = review.renditions.reduce((sum, rendition) => sum + rendition.assets.length, 0);
  return [count(review.renditions.length, 'page'), ...(images > 0 ? [count(images, 'image')] : [])].join(', ');
}

function approveWords(review: ReviewDetail, missing: number, stale: boolean): string {
  if (stale) return 'Approve: look at the change first';
  if (review.mayApprove.code === 'author_cannot_approve') return 'Approve: somebody else';
  if (review.mayApprove.code === 'not_permitted') return 'Approve: needs an approver';
  if (missing > 0) return `Approve: ${count(missing, 'thing')} first`;
  return trackPages[review.track].approve;
}

/** The four verbs, always in view, and what Approve would cover. Approve leads to the reason where it cannot do it. */
export function DecisionBar(props: {
  review: ReviewDetail;
  missing: number;
  stale: boolean;
  decide: Decide;
  onLead: () => void;
  onEdit: () => void;
}) {
  const { review, missing, stale, decide, onLead, onEdit } = props;
  const [asking, ask] = useState<'request-changes' | 'reject'>();
  const ready = review.mayApprove.ok && missing === 0 && !stale;
  const approve = () => {
    if (ready) decide.approve();
    else onLead();
  };
  const edit = () => {
    if (review.mayEdit.ok) onEdit();
    else onLead();
  };
  const askFor = (verb: 'request-changes' | 'reject') => {
    if (review.mayDecide.ok) ask(verb);
    else onLead();
  };
  const group = 'This review';
  useKeys([
    { keys: 'a', label: ready ? 'approve' : 'go to what is missing', group, run: approve },
    { keys: 'r', label: 'ask for changes', group, run: () => askFor('request-changes') },
    { keys: 'e', label: 'edit', group, run: edit },
    { keys: 'x', label: 'reject', group, run: () => askFor('reject') },
  ]);
  const targets = [...new Set(review.renditions.map((rendition) => rendition.target.name))].join(' and ');
  return (
    <footer className="decide" aria-label="Decision">
      <div className="what">
        {decide.error ? (
          <Note tone="not-found" live="alert" title="Not decided.">
            {decide.error}
          </Note>
        ) : (
          <>
            <p>
              <span className="wide">You would approve </span>
              <b>version {review.draftVersion}</b> for the <b>{targets}</b>: {extentOf(review)}
            </p>
            <p className="fp" title={review.subjectDigest}>
              fingerprint {fingerprint(review.subjectDigest)}
            </p>
          </>
        )}
      </div>
      <div className="verbbar" role="toolbar" aria-label="What to do">
        <Button hint="x" onClick={() => askFor('reject')}>
          Reject
        </Button>
        <Button hint="r" onClick={() => askFor('request-changes')}>
          Ask for changes
        </Button>
        <Button hint="e" onClick={edit}>
          Edit
        </Button>
        <Button
          className="main"
          tone={ready ? 'primary' : 'wait'}
          hint="a"
          busy={decide.approving ? 'Approving…' : false}
          onClick={approve}
          {...(ready ? {} : { 'aria-describedby': 'missing' })}
        >
          {approveWords(review, missing, stale)}
        </Button>
      </div>
      <AskForChanges
        review={review}
        decide={decide}
        open={asking === 'request-changes'}
        onClose={() => ask(undefined)}
      />
      <ReasonDialog
        verb="Reject"
        label="Why is it not wanted?"
        description="The run closes and nothing is published. To have it drafted again, ask for changes instead."
        busyWords="Rejecting…"
        open={asking === 'reject'}
        onClose={() => ask(undefined)}
        onDo={(reason) => decide.withReason('reject', reason)}
      />
    </footer>
  );
}
