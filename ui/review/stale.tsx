import type { ReviewDetail } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { Icon } from '../shared/icons.js';
import { writerOf } from './authors.js';
import type { TrackFace } from './track-pages.js';

/** Said where the draft changed under a reader: who changed what, and the way to look at it. */
export function StaleNote(props: { review: ReviewDetail; seen: ReviewDetail; pages: TrackFace; onLook: () => void }) {
  const { review, seen, pages, onLook } = props;
  const items = pages.changes(seen.draft, review.draft).filter((item) => item.state !== 'same');
  const newest = review.versions.find((version) => version.version === review.draftVersion);
  const first = items[0]?.title.toLowerCase();
  const rest = items.length - 1;
  const what =
    first === undefined ? 'rendered it again' : `edited ${first}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
  return (
    <div className="outcome drifted" role="status">
      <Icon name="wave" />
      <p>
        <b>The draft changed while you were reading.</b> {newest ? `${writerOf(newest)} ${what}.` : ''} Look at the
        change, then decide.
      </p>
      <span className="sp" />
      <Button small onClick={onLook}>
        Look at the change
      </Button>
    </div>
  );
}
