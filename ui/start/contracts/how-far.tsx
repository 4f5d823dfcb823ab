import { Button } from '../../shared/button.js';
import { count } from '../../shared/words.js';
import { progressOf, type Row } from './rows.js';

type Props = { rows: readonly Row[]; onAgain: (id: string) => void; onClear: () => void };

/** How far all files are together, said as it changes. */
export function HowFar({ rows, onAgain, onClear }: Props) {
  const { total, read, started, refused } = progressOf(rows);
  const going = rows.some((row) => row.going);
  const again = rows.filter((row) => row.state.at === 'refused' && row.state.again);
  const words = [
    going ? `${String(read)} of ${String(total)} read` : count(rows.length, 'file'),
    ...(refused > 0 ? [`${String(refused)} refused`] : []),
    ...(started > 0 ? [`${count(started, 'run')} started`] : []),
  ];
  return (
    <div className="row far">
      <p role="status">
        <b>{words.join(', ')}</b>
      </p>
      {going && read + refused < total ? (
        <progress value={read + refused} max={total} aria-label="Read so far" />
      ) : null}
      <span className="sp" />
      {again.length > 1 ? (
        <Button small onClick={() => again.forEach((row) => onAgain(row.id))}>
          Send {count(again.length, 'file')} again
        </Button>
      ) : null}
      {started > 0 ? (
        <Button small tone="quiet" onClick={onClear}>
          Clear what is started
        </Button>
      ) : null}
    </div>
  );
}
