import { InTheWay } from '../../review/in-the-way.js';
import { Clauses } from './clauses.js';
import { DayBlock } from './day-block.js';
import { DocumentRows } from './document-rows.js';
import { PointRow } from './point-row.js';
import { pointOrder } from './spots.js';
import { TwoKeyPoint } from './two-keys.js';
import type { Desk } from './use-desk.js';
import { VendorRow } from './vendor-row.js';

/** What the one-pager says, point by point: the day to act, the two points with two keys, then the rest in its order. */
export function PointsPane({ desk, missing }: { desk: Desk; missing: number }) {
  const { review } = desk;
  const open = review.state === 'open';
  const all = review.requirements.length;
  const two = pointOrder.slice(0, 2);
  return (
    <div className="points">
      <DayBlock desk={desk} />
      {open ? (
        <div className="needs" id="missing" tabIndex={-1}>
          <p className="sm">
            <b>{missing === 0 ? 'Nothing is missing.' : 'Before you can approve'}</b>{' '}
            <span className="lab">{missing === 0 ? '' : `${String(missing)} of ${String(all)} left`}</span>
          </p>
          {review.feedback ? (
            <p className="sm dim asked">
              This version answers: <q>{review.feedback}</q>
            </p>
          ) : null}
          <InTheWay review={review} />
        </div>
      ) : null}
      {two.map((field) => (
        <TwoKeyPoint key={field} field={field} desk={desk} />
      ))}
      <VendorRow desk={desk} />
      {pointOrder.slice(2).map((field) => (
        <PointRow key={field} field={field} desk={desk} />
      ))}
      <Clauses desk={desk} />
      <DocumentRows desk={desk} />
    </div>
  );
}
