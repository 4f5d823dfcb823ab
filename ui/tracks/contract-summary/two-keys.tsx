import { fieldNames, type FieldKey } from '../../../workflows/domain/contract-summary/schema.js';
import { Button } from '../../shared/button.js';
import { clock } from '../../shared/dates.js';
import { Icon } from '../../shared/icons.js';
import { StateMark } from '../../shared/state-mark.js';
import { FieldForm } from './field-form.js';
import { confirmWords, saysWords, stateOf } from './point-words.js';
import { Others, Quotes, Refusal } from './point-parts.js';
import { RowName } from './row-name.js';
import { keyOfHere, hereOfPlace, requirementAt } from './spots.js';
import { isOpened, type Desk } from './use-desk.js';

function placeWords(desk: Desk, spot: string, place: string): string {
  const here = hereOfPlace(desk.review.draft, spot, place);
  return here.is === 'absence' ? 'the proof' : `page ${String(here.place.page)}`;
}

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** The first key is the page, lying open in this window; the second is the person's word on the value. */
function Keys({ field, desk }: { field: FieldKey; desk: Desk }) {
  const spot = `field:${field}`;
  const { review, acts } = desk;
  const at = review.draft.fields[field];
  const requirement = requirementAt(review, spot);
  const inFocus = desk.at === spot;
  const edit = (
    <Button
      small
      hint={inFocus ? 'e' : ''}
      aria-label={`Edit ${fieldNames[field].toLowerCase()}`}
      onClick={() => desk.edit(spot)}
    >
      Edit
    </Button>
  );
  if (requirement === undefined || requirement.fulfilled || !desk.mayAct)
    return desk.mayAct ? <div className="acts">{edit}</div> : null;
  if (requirement.kind !== 'served' || requirement.place === undefined)
    return (
      <div className="acts">
        <Button small tone={inFocus ? 'primary' : 'plain'} hint={inFocus ? 'e' : ''} onClick={() => desk.edit(spot)}>
          Settle it
        </Button>
      </div>
    );
  const where = placeWords(desk, spot, requirement.place);
  const openedAt = desk.seen.get(requirement.place);
  const opened = isOpened(desk, requirement, spot);
  return (
    <div className="keys2">
      <div>
        <span className="lab">First key: {where === 'the proof' ? where : 'the page'}</span>
        {opened && openedAt !== undefined ? (
          <span className="st verified">
            <Icon name="eye" />
            {upper(where)} open since {clock(new Date(openedAt))}
          </span>
        ) : (
          <span className="row">
            <Button
              small
              tone={inFocus ? 'primary' : 'plain'}
              hint={inFocus ? 'c' : ''}
              onClick={() => {
                desk.focus(spot);
                desk.confirm(spot);
              }}
            >
              Show {where}
            </Button>
          </span>
        )}
      </div>
      <div>
        <span className="lab">Second key: your word</span>
        <span className="row">
          {opened ? (
            <Button
              small
              tone={inFocus ? 'primary' : 'plain'}
              hint={inFocus ? 'c' : ''}
              busy={acts.busy === spot ? 'Noting…' : false}
              onClick={() => desk.confirm(spot)}
            >
              {confirmWords(at)}
            </Button>
          ) : (
            <span className="sm faint">once {where} is open</span>
          )}
          {edit}
        </span>
      </div>
    </div>
  );
}

/** A point that money hangs on: its value, the sentence that it stands on, and both keys. */
export function TwoKeyPoint({ field, desk }: { field: FieldKey; desk: Desk }) {
  const spot = `field:${field}`;
  const at = desk.review.draft.fields[field];
  const requirement = requirementAt(desk.review, spot);
  const { mark, words } = stateOf(at, requirement);
  const lost = mark === 'not-found';
  const shown = desk.here !== undefined && keyOfHere(desk.here) === requirement?.place;
  return (
    <section
      className={`point twokeys${desk.at === spot ? ' now' : ''}${lost ? ' bad' : ''}`}
      data-row={spot}
      aria-label={fieldNames[field]}
      onClick={() => (desk.at === spot ? undefined : desk.focus(spot))}
    >
      <div className="row head">
        <RowName spot={spot} desk={desk}>
          {fieldNames[field]}
        </RowName>
        <StateMark state={mark} loud={lost}>
          {words}
        </StateMark>
        <span className="sp" />
        {desk.mayAct && at.answer !== 'absent' ? (
          <Button
            small
            tone="quiet"
            className="notin"
            hint={desk.at === spot ? 'm' : ''}
            aria-label={`Not in this document: ${fieldNames[field].toLowerCase()}`}
            onClick={() => desk.sayAbsent(spot)}
          >
            Not in this document
          </Button>
        ) : null}
      </div>
      {desk.editing === spot ? (
        <FieldForm field={field} at={at} desk={desk} />
      ) : (
        <>
          <p className="value">{saysWords(at)}</p>
          <Quotes at={at} desk={desk} />
          <Others field={field} at={at} desk={desk} />
          <Keys field={field} desk={desk} />
        </>
      )}
      {shown ? <span className="vh">Its page is shown.</span> : null}
      <Refusal spot={spot} desk={desk} />
    </section>
  );
}
