import type { ReviewDetail } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { Note } from '../shared/note.js';

/** What is in the way besides the missing things: role, or having written it. */
export function InTheWay({ review }: { review: ReviewDetail }) {
  const { mayApprove } = review;
  if (mayApprove.ok || mayApprove.code === 'requirements_missing' || mayApprove.why === undefined) return null;
  return (
    <div id="in-the-way" tabIndex={-1}>
      <Note icon="person" title={mayApprove.why}>
        {mayApprove.code === 'author_cannot_approve' ? (
          <div className="acts">
            <Button small onClick={() => document.querySelector<HTMLElement>('#who-decides select')?.focus()}>
              Ask somebody to
            </Button>
          </div>
        ) : null}
      </Note>
    </div>
  );
}
