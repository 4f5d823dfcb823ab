import type { LetterReview } from '../../../api/contract/index.js';
import { ChangesView } from '../../review/changes-view.js';
import { Paper } from '../../review/paper.js';
import type { RoomMove } from '../../review/search.js';
import type { Compared } from '../../review/versions.js';
import { noticeLetterFace } from '../notice-letter.js';

const nothing: never[] = [];

function headingOf({ state, decision, run }: LetterReview): string {
  if (state === 'open') return 'The letter as it would go out';
  if (decision?.decision !== 'approve' || decision.undoneAt !== undefined) return 'What was not published';
  return run.publications.some((one) => one.state === 'published') ? 'The letter as approved' : 'What goes out';
}

/** The middle pane: the letter as rendered by the server, or what changed in it. */
export function LetterMiddle(props: {
  review: LetterReview;
  comparing: boolean;
  from: number | undefined;
  compared: Compared | undefined;
  error: unknown;
  changes: number;
  move: RoomMove;
}) {
  const { review, comparing, from, compared, error, changes, move } = props;
  return (
    <>
      <header>
        <h2>{comparing ? 'Changes' : headingOf(review)}</h2>
        <span className="sp" />
        <span className="seg" role="group" aria-label="Show">
          <button aria-pressed={!comparing} onClick={() => move({ view: 'text', from: undefined })}>
            The letter
          </button>
          <button aria-pressed={comparing} onClick={() => move({ view: 'changes' })}>
            Changes{changes > 0 ? ` ${String(changes)}` : ''}
          </button>
        </span>
      </header>
      {comparing ? (
        <ChangesView
          review={review}
          from={from}
          onFrom={(version) => move({ from: String(version) })}
          compared={compared}
          error={error}
        />
      ) : (
        review.renditions.map((rendition) => (
          <Paper
            key={rendition.address}
            html={rendition.html}
            anchors={nothing}
            dress={noticeLetterFace.dress}
            at={undefined}
            onPlace={undefined}
          />
        ))
      )}
    </>
  );
}
