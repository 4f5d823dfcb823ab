import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { RunSummary } from '../../../api/contract/index.js';
import { Button } from '../../shared/button.js';
import { Icon } from '../../shared/icons.js';
import { RunStateMark } from '../../shared/state-mark.js';
import { bytes } from '../../shared/words.js';
import type { ContractBatch } from './batch.js';
import { AmendsField } from './amends-field.js';
import { standing } from './row-words.js';
import type { Row } from './rows.js';

type Props = {
  row: Row;
  rows: readonly Row[];
  batch: ContractBatch;
  /** The run as the server has it, once it is started. */
  run: RunSummary | undefined;
  onTwice: (names: string[]) => void;
  onTakenOut: (item: HTMLLIElement | null) => void;
};

/** One file with where it stands, what it is, and what can be done about it. */
export function ContractRow({ row, rows, batch, run, onTwice, onTakenOut }: Props) {
  const { state } = row;
  const item = useRef<HTMLLIElement>(null);
  const { icon, words } = standing(rows, row);
  const warnings = 'source' in state ? (state.source?.warnings ?? []) : [];
  return (
    <li ref={item} className={`${state.at}${row.amends ? ' amends' : ''}`} data-row={row.id}>
      <Icon name={icon} className="at" />
      <div className="words">
        <p className="named">
          <b>{row.name}</b>{' '}
          <span className="faint sm">
            {row.size > 0 ? bytes(row.size) : ''}
            {row.zip && row.zip.at !== undefined ? `, in ${batch.zipName(row.zip.id)}` : ''}
          </span>
        </p>
        <p className="sm state">
          {state.at === 'started' && row.amends === undefined && run ? (
            <RunStateMark state={run.state} />
          ) : (
            <span>{words}</span>
          )}
          {state.at === 'started' && row.amends === undefined ? <RunLink row={row} run={run} id={state.run} /> : null}
          {state.at === 'sending' && state.share < 1 ? (
            <progress value={state.share} max={1} aria-label={`Sent of ${row.name}`} />
          ) : null}
        </p>
        {[...(row.note ? [row.note] : []), ...warnings].map((warning) => (
          <p key={warning} className="sm dim">
            {warning}
          </p>
        ))}
      </div>
      <AmendsField row={row} rows={rows} onAmend={(of) => batch.amend(row.id, of)} />
      <div className="deeds">
        {state.at === 'refused' && state.again ? (
          <Button small aria-label={`Send ${row.name} again`} onClick={() => batch.again(row.id)}>
            Send again
          </Button>
        ) : null}
        {state.at === 'refused' || state.at === 'gone' ? (
          <Replace name={row.name} onFile={async (file) => onTwice((await batch.replace(row.id, file)).twice)} />
        ) : null}
        {state.at === 'started' || state.at === 'starting' ? null : (
          <Button
            small
            icon
            tone="quiet"
            data-out
            aria-label={`Take out ${row.name}`}
            onClick={() => {
              onTakenOut(item.current);
              batch.takeOut(row.id);
            }}
          >
            <Icon name="close" />
          </Button>
        )}
      </div>
    </li>
  );
}

function RunLink({ row, run, id }: { row: Row; run: RunSummary | undefined; id: string }) {
  return run?.reviewId ? (
    <Link
      className="link"
      to="/reviews/$id"
      params={{ id: run.reviewId }}
      aria-label={`Open the review of ${row.name}`}
    >
      Open the review
    </Link>
  ) : (
    <Link className="link" to="/runs/$id" params={{ id }} aria-label={`See the run of ${row.name}`}>
      See the run
    </Link>
  );
}

function Replace({ name, onFile }: { name: string; onFile: (file: File) => Promise<void> }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small aria-label={`Replace ${name}`} onClick={() => input.current?.click()}>
        Replace
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".pdf,.docx,.txt"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void onFile(file);
        }}
      />
    </>
  );
}
