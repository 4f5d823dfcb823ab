import { useEffect, useRef } from 'react';
import { Icon } from '../../shared/icons.js';
import { amendable, isMovable, type Row } from './rows.js';

type Props = { row: Row; rows: readonly Row[]; onAmend: (of: string | undefined) => void };

/** What a file is: a contract of its own, or an amendment of another in the list. */
export function AmendsField({ row, rows, onAmend }: Props) {
  const field = useRef<HTMLSelectElement>(null);
  const chosen = useRef(false);
  // The row goes to its contract's place in the list, and takes the focus along.
  useEffect(() => {
    if (chosen.current) field.current?.focus();
    chosen.current = false;
  }, [row.amends]);
  const contracts = amendable(rows, row);
  if (!isMovable(rows, row) || (contracts.length === 0 && row.amends === undefined)) return null;
  return (
    <span className="select amends-of">
      <select
        ref={field}
        className="input"
        aria-label={`What ${row.name} is`}
        value={row.amends ?? ''}
        onChange={(event) => {
          chosen.current = true;
          onAmend(event.target.value || undefined);
        }}
      >
        <option value="">A contract of its own</option>
        {contracts.map((contract) => (
          <option key={contract.id} value={contract.id}>
            Amends {contract.name}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}
