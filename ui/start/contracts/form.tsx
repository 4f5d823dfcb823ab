import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { AskedDrafter } from '../../../workflows/domain/drafters.js';
import { ask } from '../../shared/api.js';
import { Button } from '../../shared/button.js';
import { DrafterField } from '../../shared/drafter-field.js';
import { LoadSample } from '../../shared/load-sample.js';
import { Note } from '../../shared/note.js';
import { runQuery } from '../../shared/queries.js';
import { list } from '../../shared/words.js';
import { DropZone } from '../drop-zone.js';
import './contracts.css';
import { HowFar } from './how-far.js';
import { ContractRow } from './row.js';
import { isBusy, toStart } from './rows.js';
import { startWords } from './start-words.js';
import { TakesPlace, type Relation } from './takes-place.js';
import { useBatch } from './use-batch.js';

const track = 'contract-summary';

/** Contracts: many files or ZIPs at once, each its own run, amendments with the contract that they change. */
export function ContractsForm({ supersedes }: { supersedes: string | undefined }) {
  const { batch, rows } = useBatch();
  const [drafter, setDrafter] = useState<AskedDrafter>('default');
  const [relation, setRelation] = useState<Relation>();
  const [twice, setTwice] = useState<string[]>([]);
  const chooser = useRef<HTMLButtonElement>(null);
  const { data: before } = useQuery({ ...runQuery(supersedes ?? ''), enabled: supersedes !== undefined });
  const { data: started } = useQuery({
    queryKey: ['runs', { track }],
    queryFn: ({ signal }) => ask('get /api/runs', { query: { track }, signal }),
    enabled: rows.some((row) => row.state.at === 'started'),
  });
  const runs = new Map(started?.runs.map((run) => [run.id, run]));
  const next = toStart(rows);
  const busy = isBusy(rows);
  const trouble = supersedes === undefined ? undefined : oneAtATime(next.filter((row) => !row.amends).length, relation);
  const { ready, words } = startWords(next, trouble);

  const add = async (files: File[]) => setTwice((await batch.add(files)).twice);
  const start = () => {
    setTwice([]);
    if (next.length === 0) chooser.current?.focus();
    if (!ready) return;
    const documents = before?.sources.filter((one) => one.kind === 'document' && one.erasedAt === undefined) ?? [];
    batch.start({
      drafter,
      ...(supersedes !== undefined && { supersedes }),
      ...(supersedes !== undefined && relation === 'changes' && { before: documents.map((one) => one.id) }),
    });
  };
  const leave = (item: HTMLLIElement | null) => {
    const beside = item?.nextElementSibling ?? item?.previousElementSibling;
    const out = beside?.querySelector<HTMLButtonElement>('[data-out]');
    (out ?? chooser.current)?.focus();
  };

  return (
    <form
      noValidate
      className="contracts"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <h2 className="t1">Contracts</h2>
      <p className="dim about">
        Each contract becomes a one-pager of its own: dates, notice, money and what is unusual, each with the sentence
        it stands on. Nothing is sent before you start.
      </p>
      {supersedes === undefined ? null : <TakesPlace of={supersedes} relation={relation} onRelation={setRelation} />}
      <DropZone
        onFiles={(files) => void add(files)}
        onText={(text) => void add([new File([text], 'Pasted contract.txt', { type: 'text/plain' })])}
        chooser={chooser}
        title="Drop contracts here"
        about="PDF, Word (.docx) or plain text, as many as you like, or ZIPs of them. Anywhere on this page will do."
        accept=".pdf,.docx,.txt,.md,.zip"
      />
      {twice.length > 0 ? (
        <Note live="status" icon="document" title="In the list already.">
          {list(twice)}: not added a second time.
        </Note>
      ) : null}
      {rows.length > 0 ? (
        <>
          <HowFar rows={rows} onAgain={(id) => batch.again(id)} onClear={() => batch.clear()} />
          <ul className="given files" aria-label="Contracts to start">
            {rows.map((row) => (
              <ContractRow
                key={row.id}
                {...{ row, rows, batch }}
                run={row.state.at === 'started' ? runs.get(row.state.run) : undefined}
                onTwice={setTwice}
                onTakenOut={leave}
              />
            ))}
          </ul>
        </>
      ) : null}
      {rows.length === 0 && supersedes === undefined ? (
        <div className="row sm dim">
          <span>For a first look, an invented contract:</span>
          <LoadSample tone="plain" label="Load the sample contract" sample="cleaning-contract" />
        </div>
      ) : null}
      <DrafterField value={drafter} onChange={setDrafter} />
      <div className="row go">
        {next.length > 0 || rows.length === 0 ? (
          <Button tone={ready ? 'primary' : 'wait'} type="submit">
            {words}
          </Button>
        ) : null}
        <span className="sm faint">
          {busy
            ? 'Keep this window open until everything is sent. Its other pages can be used meanwhile.'
            : next.length > 0 || rows.length === 0
              ? 'You can leave once everything is sent; each appears in the inbox when it is drafted.'
              : 'Nothing is being sent. You can leave; what is started appears in the inbox when it is drafted.'}
        </span>
      </div>
    </form>
  );
}

/** Why what is dropped cannot take the place of one contract yet. */
function oneAtATime(contracts: number, relation: Relation | undefined): string | undefined {
  if (contracts > 1) return 'Start: one contract, the others amend it';
  return relation === undefined ? 'Start: say first what it does' : undefined;
}
