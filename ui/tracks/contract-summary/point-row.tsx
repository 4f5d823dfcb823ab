import { fieldNames, type FieldKey } from '../../../workflows/domain/contract-summary/schema.js';
import { Button } from '../../shared/button.js';
import { StateMark } from '../../shared/state-mark.js';
import { FieldForm } from './field-form.js';
import { FirstPage, Others, Quotes, Refusal } from './point-parts.js';
import { confirmWords, saysWords, stateOf } from './point-words.js';
import { RowName } from './row-name.js';
import { requirementAt } from './spots.js';
import { isOpened, type Desk } from './use-desk.js';

function Verbs({ field, desk }: { field: FieldKey; desk: Desk }) {
  const spot = `field:${field}`;
  const requirement = requirementAt(desk.review, spot);
  const at = desk.review.draft.fields[field];
  const name = fieldNames[field].toLowerCase();
  const waits = requirement !== undefined && !requirement.fulfilled;
  return (
    <div className="acts">
      {waits && requirement.kind === 'confirm' ? (
        isOpened(desk, requirement, spot) ? (
          <Button
            small
            tone="primary"
            hint="c"
            busy={desk.acts.busy === spot ? 'Noting…' : false}
            onClick={() => desk.confirm(spot)}
          >
            {at.answer === 'absent' ? confirmWords(at) : 'Confirm'}
          </Button>
        ) : (
          <Button small tone="primary" hint="c" onClick={() => desk.confirm(spot)}>
            Show the proof
          </Button>
        )
      ) : null}
      <Button small hint="e" aria-label={`Edit ${name}`} onClick={() => desk.edit(spot)}>
        Edit
      </Button>
      {at.answer === 'absent' ? null : (
        <Button
          small
          tone="quiet"
          hint="m"
          aria-label={`Not in this document: ${name}`}
          onClick={() => desk.sayAbsent(spot)}
        >
          Not in this document
        </Button>
      )}
    </div>
  );
}

/** A point of the one-pager in one line; with the focus, everything that can be done with it. */
export function PointRow({ field, desk }: { field: FieldKey; desk: Desk }) {
  const spot = `field:${field}`;
  const at = desk.review.draft.fields[field];
  const requirement = requirementAt(desk.review, spot);
  const { mark, words } = stateOf(at, requirement);
  const now = desk.at === spot;
  const lost = mark === 'not-found';
  const waits = desk.mayAct && requirement !== undefined && !requirement.fulfilled;
  return (
    <section
      className={`point fld${now ? ' now' : ''}${lost ? ' bad' : ''}${waits ? ' waits' : ''}`}
      data-row={spot}
      aria-label={fieldNames[field]}
      onClick={() => (now ? undefined : desk.focus(spot))}
    >
      <RowName spot={spot} desk={desk}>
        {fieldNames[field]}
      </RowName>
      <span className={now ? 'v whole' : 'v'}>{saysWords(at)}</span>
      <StateMark state={mark} loud={lost}>
        {words}
      </StateMark>
      <span className="pg">
        <FirstPage at={at} desk={desk} />
      </span>
      {now || lost || at.others.length > 0 ? (
        <div className="more">
          {desk.editing === spot ? (
            <FieldForm field={field} at={at} desk={desk} />
          ) : (
            <>
              {now || lost ? <Quotes at={at} desk={desk} /> : null}
              <Others field={field} at={at} desk={desk} />
              {now && desk.mayAct ? <Verbs field={field} desk={desk} /> : null}
            </>
          )}
          <Refusal spot={spot} desk={desk} />
        </div>
      ) : null}
    </section>
  );
}
