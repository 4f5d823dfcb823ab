import { Button } from '../shared/button.js';
import { Icon } from '../shared/icons.js';
import type { Act, MissingRow } from './track-pages.js';

/** What stands in the way, open things first, each with buttons that lead there; what is done below, in grey. */
export function MissingList(props: {
  rows: readonly MissingRow[];
  busy: string | undefined;
  onAct: (act: Act) => void;
}) {
  const { rows, busy, onAct } = props;
  return (
    <ol className="todo">
      {rows.map((row) => (
        <li key={row.key} className={row.done ? 'done' : 'open'} data-row={row.key}>
          <Icon name={row.done ? 'tick' : 'open'} />
          <div>
            {row.done ? row.title : <b id={`row-${row.key}`}>{row.title}</b>} {row.words}
            {row.acts.length === 0 ? null : (
              <div className="acts">
                {row.acts.map((act) => (
                  <Button
                    small
                    key={act.label}
                    aria-describedby={`row-${row.key}`}
                    busy={
                      'key' in act && busy === act.key ? (act.kind === 'take' ? 'Taking it in…' : 'Noting…') : false
                    }
                    onClick={() => onAct(act)}
                  >
                    {act.label}
                  </Button>
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
