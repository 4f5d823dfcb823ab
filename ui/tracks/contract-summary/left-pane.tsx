import { ChangesView } from '../../review/changes-view.js';
import { Paper } from '../../review/paper.js';
import type { RoomMove } from '../../review/search.js';
import type { Anchor } from '../../review/track-pages.js';
import type { Compared } from '../../review/versions.js';
import { Button } from '../../shared/button.js';
import { Icon } from '../../shared/icons.js';
import { fieldNames } from '../../../workflows/domain/contract-summary/schema.js';
import type { ContractView } from './contract-tabs.js';
import { DocumentPane } from './document-pane.js';
import { confirmWords } from './point-words.js';
import { fieldOf, requirementAt } from './spots.js';
import { isOpened, type Desk } from './use-desk.js';

const nothing: readonly Anchor[] = [];
const noDress = () => undefined;

/** On a phone the page lies over the points: what it is for, the second key, and the way back. */
function SheetBar({ desk }: { desk: Desk }) {
  const { at } = desk;
  const field = fieldOf(at);
  const requirement = requirementAt(desk.review, at);
  const may = desk.mayAct && at !== undefined && requirement !== undefined && !requirement.fulfilled;
  return (
    <div className="sheetbar phone">
      <b className="cut">{field === undefined ? 'The page' : fieldNames[field]}</b>
      <span className="sp" />
      {may && field !== undefined && requirement.kind !== 'impossible' && isOpened(desk, requirement, at) ? (
        <Button small tone="primary" busy={desk.acts.busy === at ? 'Noting…' : false} onClick={() => desk.confirm(at)}>
          {confirmWords(desk.review.draft.fields[field])}
        </Button>
      ) : null}
      <Button small icon tone="quiet" aria-label="Close the page" onClick={desk.closeSheet}>
        <Icon name="close" />
      </Button>
    </div>
  );
}

/** The larger pane: the document, the one-pager exactly as it would be published, or what changed in it. */
export function LeftPane(props: {
  desk: Desk;
  view: ContractView;
  move: RoomMove;
  from: number | undefined;
  compared: Compared | undefined;
  error: unknown;
  changes: number;
}) {
  const { desk, view, move, from, compared, error, changes } = props;
  const { review } = desk;
  const open = review.state === 'open';
  const paper = view === 'text';
  const document = view === 'missing' || view === 'sources';
  const views = (
    <span className="seg" role="group" aria-label="Show">
      <button aria-pressed={document} onClick={() => move({ view: undefined, from: undefined })}>
        Document
      </button>
      <button aria-pressed={paper} onClick={() => move({ view: 'text', from: undefined })}>
        {open ? 'As published' : 'The one-pager'}
      </button>
      <button aria-pressed={view === 'changes'} onClick={() => move({ view: 'changes' })}>
        Changes{changes > 0 ? ` ${String(changes)}` : ''}
      </button>
    </span>
  );
  return (
    <section className="pane leftpane" aria-label={document ? 'Document' : paper ? 'The one-pager' : 'Changes'}>
      <SheetBar desk={desk} />
      {document ? (
        <DocumentPane desk={desk} views={views} />
      ) : (
        <>
          <header>
            {views}
            {paper ? <span className="faint cut">exactly what {open ? 'would leave' : 'was decided on'}</span> : null}
          </header>
          <div className="paperscroll" tabIndex={0}>
            {paper ? (
              review.renditions.map((one) => (
                <Paper
                  key={one.address}
                  html={one.html}
                  anchors={nothing}
                  dress={noDress}
                  at={undefined}
                  onPlace={undefined}
                />
              ))
            ) : (
              <ChangesView
                review={review}
                from={from}
                onFrom={(version) => move({ from: String(version) })}
                compared={compared}
                error={error}
              />
            )}
          </div>
        </>
      )}
    </section>
  );
}
