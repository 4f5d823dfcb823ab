import { Button } from '../../shared/button.js';
import { when } from '../../shared/dates.js';
import { StateMark } from '../../shared/state-mark.js';
import { Refusal } from './point-parts.js';
import { RowName } from './row-name.js';
import { requirementAt, type Spot } from './spots.js';
import type { Desk } from './use-desk.js';

/** The heading of a list that one word of a person settles. */
export function ListHead(props: { spot: Spot; title: string; count: number; confirm: string; desk: Desk }) {
  const { spot, title, count, confirm, desk } = props;
  const requirement = requirementAt(desk.review, spot);
  const now = desk.at === spot;
  return (
    <div
      className={now ? 'listhead now' : 'listhead'}
      data-row={spot}
      onClick={() => (now ? undefined : desk.focus(spot))}
    >
      <h2>
        {count === 0 ? (
          title
        ) : (
          <RowName spot={spot} desk={desk}>
            {title}
          </RowName>
        )}
        <span className="lab">{count === 0 ? '' : String(count)}</span>
      </h2>
      {requirement === undefined ? null : requirement.fulfilled ? (
        <StateMark state="confirmed">
          {requirement.by?.name} {requirement.at === undefined ? '' : when(requirement.at)}
        </StateMark>
      ) : desk.mayAct && requirement.kind === 'confirm' ? (
        <Button
          small
          tone={now ? 'primary' : 'plain'}
          hint={now ? 'c' : ''}
          busy={desk.acts.busy === spot ? 'Noting…' : false}
          onClick={() => desk.confirm(spot)}
        >
          {confirm}
        </Button>
      ) : null}
      <Refusal spot={spot} desk={desk} />
    </div>
  );
}
