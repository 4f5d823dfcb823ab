import { useQuery } from '@tanstack/react-query';
import { Failure } from '../../shared/failure.js';
import { runQuery } from '../../shared/queries.js';
import { count } from '../../shared/words.js';

export type Relation = 'changes' | 'replaces';

/** What the contract that is dropped here does to one in the register. */
export function TakesPlace(props: { of: string; relation: Relation | undefined; onRelation: (is: Relation) => void }) {
  const { data: run, error, refetch } = useQuery(runQuery(props.of));
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!run) return null;
  const documents = run.sources.filter((source) => source.kind === 'document' && source.erasedAt === undefined).length;
  const choice = (is: Relation, label: string, hint: string) => (
    <label className="choice">
      <input type="radio" name="relation" checked={props.relation === is} onChange={() => props.onRelation(is)} />
      <span>
        {label}
        <small>{hint}</small>
      </span>
    </label>
  );
  return (
    <fieldset className="choices">
      <legend className="l">What you drop here does this to “{run.title}”</legend>
      {choice('changes', 'It changes it', `Read together with its ${count(documents, 'document')}, behind them.`)}
      {choice('replaces', 'It takes its place', 'Only what you drop here is read.')}
    </fieldset>
  );
}
