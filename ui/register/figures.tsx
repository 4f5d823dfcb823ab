import { useQuery } from '@tanstack/react-query';
import type { ContractFigures } from '../../api/contract/index.js';
import { ask } from '../shared/api.js';
import { Failure } from '../shared/failure.js';
import { count } from '../shared/words.js';

type Drafter = ContractFigures['drafters'][number];
const percent = (share: number) => `${String(Math.round(share * 100))} %`;

function nameOf({ drafter, model, promptVersion }: Drafter): string {
  if (drafter === 'rules') return `Rules, no model${promptVersion === null ? '' : `, ${promptVersion}`}`;
  return `${model ?? drafter}${promptVersion === null ? '' : `, prompt ${promptVersion}`}`;
}

function Rates({ drafter, enough }: { drafter: Drafter; enough: number }) {
  if (drafter.n < enough)
    return (
      <p className="sm">
        <b>{nameOf(drafter)}</b>{' '}
        <span className="dim">
          Not enough data: {count(drafter.n, 'published contract')}, and a rate needs {enough}.
        </span>
      </p>
    );
  return (
    <div className="rates">
      <table className="tbl">
        <caption>
          <b>{nameOf(drafter)}</b> <span className="faint">{count(drafter.n, 'published contract')}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Point</th>
            <th scope="col" className="num">
              Wrong
            </th>
            <th scope="col" className="num">
              Rate
            </th>
            <th scope="col" className="num">
              95 % interval
            </th>
          </tr>
        </thead>
        <tbody>
          {drafter.fields.map(({ field, name, wrong, leftOpen, rate }) => (
            <tr key={field}>
              <th scope="row">{name}</th>
              <td className="num">
                {wrong === 0 ? 'none' : wrong}
                {leftOpen > 0 ? <span className="faint">, {leftOpen} left open</span> : null}
              </td>
              <td className="num">{rate === undefined ? '' : percent(rate.share)}</td>
              <td className="num">{rate === undefined ? '' : `${percent(rate.low)} to ${percent(rate.high)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How often each point of a first draft was changed by a person before it was published. */
export function DraftErrors() {
  const { data, error, refetch } = useQuery({
    queryKey: ['register', 'figures'],
    queryFn: ({ signal }) => ask('get /api/contract-figures', { signal }),
  });
  if (!data && !error) return null;
  return (
    <section className="drafterrors" aria-labelledby="draft-errors">
      <h2 id="draft-errors">How often drafts were wrong</h2>
      {error ? <Failure error={error} retry={() => void refetch()} /> : null}
      {data?.drafters.length === 0 ? (
        <p className="sm dim">Not enough data: no contract of your own is published yet.</p>
      ) : null}
      {data?.drafters.map((drafter) => (
        <Rates
          key={`${drafter.drafter} ${drafter.model ?? ''} ${drafter.promptVersion ?? ''}`}
          drafter={drafter}
          enough={data.enough}
        />
      ))}
      {data && data.drafters.length > 0 ? (
        <p className="sm dim">
          A point counts as wrong where a person changed what the first draft said before it was published. Samples are
          not counted.
        </p>
      ) : null}
    </section>
  );
}
