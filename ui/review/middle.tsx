import { useMemo } from 'react';
import type { SopReview } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { Note } from '../shared/note.js';
import { isNarrow } from '../shared/platform.js';
import { ChangesView } from './changes-view.js';
import type { Held } from './held.js';
import { Paper } from './paper.js';
import type { RoomMove, RoomState } from './search.js';
import type { TrackPages } from './track-pages.js';
import type { Compared } from './versions.js';

function headingOf(review: SopReview): { title: string; about: string } {
  if (review.state === 'open') return { title: 'What would be published', about: '' };
  const approved = review.decision?.decision === 'approve' && review.decision.undoneAt === undefined;
  if (!approved) return { title: 'What was not published', about: 'as it stood when it was closed' };
  const about = `exactly what ${review.decision?.by.name ?? ''} approved`;
  const delivered = review.run.publications.some((publication) => publication.state === 'published');
  return { title: delivered ? 'What was published' : 'What goes out', about };
}

/** The middle pane: the page as rendered by the server, or what changed in it. */
export function Middle(props: {
  review: SopReview;
  pages: TrackPages;
  state: RoomState;
  move: RoomMove;
  from: number | undefined;
  compared: Compared | undefined;
  error: unknown;
  changes: number;
  held: Held | undefined;
}) {
  const { review, pages, state, move, from, compared, error, changes, held } = props;
  const anchors = useMemo(() => pages.anchors(review.draft, review), [pages, review]);
  const { title, about } = headingOf(review);
  const comparing = state.view === 'changes';
  return (
    <>
      <header>
        <h2>{comparing ? 'Changes' : title}</h2>
        <span className="faint cut">
          {comparing && from !== undefined
            ? `from version ${String(from)} to version ${String(review.draftVersion)}`
            : about}
        </span>
        <span className="sp" />
        <span className="seg" role="group" aria-label="Show">
          <button aria-pressed={!comparing} onClick={() => move({ view: 'text', from: undefined })}>
            As published
          </button>
          <button aria-pressed={comparing} onClick={() => move({ view: 'changes' })}>
            Changes{changes > 0 ? ` ${String(changes)}` : ''}
          </button>
        </span>
      </header>
      {held ? (
        <div className="unsaved">
          <Note tone="pen" icon="pen" title={`You have unsaved changes from ${when(held.at)}.`}>
            They are not in this page.{' '}
            <Button small onClick={() => move({ edit: 'start' }, { step: true })}>
              Go on editing
            </Button>
          </Note>
        </div>
      ) : null}
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
            anchors={anchors}
            dress={pages.dress}
            at={state.at}
            onPlace={(at) => move({ at, ...(isNarrow() ? { view: 'sources' } : {}) })}
          />
        ))
      )}
    </>
  );
}
