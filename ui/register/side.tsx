import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RegisterDetail } from '../../api/contract/index.js';
import { ask } from '../shared/api.js';
import { buttonClass } from '../shared/button.js';
import { dayAndYear } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Lines } from '../shared/loading.js';
import { Note } from '../shared/note.js';
import { useMay } from '../shared/queries.js';
import { StartLetter } from '../tracks/notice-letter/start-letter.js';
import { away, civilDay, nameOf, whyLong } from './words.js';

function Arithmetic({ steps }: { steps: readonly string[] }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

function Next({ entry }: { entry: RegisterDetail }) {
  const { next, act } = entry;
  if (next === undefined)
    return (
      <p className="sm">
        {act === undefined ? '' : `The term ends on ${civilDay(act.ends)}. `}How long the next one lasts is not stated,
        so there is no later day to count. Add what has been agreed since.
      </p>
    );
  return (
    <details>
      <summary>
        Next chance: <b>{civilDay(next.day)}</b>, for the term that ends on {civilDay(next.ends)}
      </summary>
      <Arithmetic steps={entry.nextSteps} />
    </details>
  );
}

function ActBy({ entry, today }: { entry: RegisterDetail; today: string }) {
  const { state, act } = entry;
  if (state === 'unknown')
    return (
      <Note tone="uncertain" title="Not known.">
        The last safe day cannot be counted from what was published. Open its page, and have it drafted again.
      </Note>
    );
  if (act === undefined) return <p>{whyLong(entry, today)}</p>;
  return (
    <>
      <p className="bigday">
        {civilDay(act.day)} <span className={state === 'past' ? 'late' : 'dim'}>{away(act.daysLeft)}</span>
      </p>
      {state === 'past' ? (
        <Note tone="not-found" title="This day is past.">
          Unless notice was given by then, the contract goes on after {civilDay(act.ends)}.
        </Note>
      ) : (
        <p className="sm dim">The term ends on {civilDay(act.ends)}.</p>
      )}
      <Arithmetic steps={entry.steps} />
      {state === 'past' ? <Next entry={entry} /> : null}
    </>
  );
}

const foremost = new Set(['renewalDate', 'noticeWindow', 'renewal', 'liabilityCap']);

function Point({ point }: { point: RegisterDetail['points'][number] }) {
  const words = /^\d{4}-\d\d-\d\d$/.test(point.words) ? civilDay(point.words) : point.words;
  return (
    <div className="point">
      <dt>{point.name}</dt>
      <dd>
        <span className={point.answer === 'stated' ? 'val' : 'faint'}>{words}</span>
        {point.quotes.slice(0, 2).map((quote) => (
          <blockquote key={`${String(quote.page)} ${quote.text}`} className="quote verified">
            “{quote.text}” <span className="faint nw">page {quote.page}</span>
          </blockquote>
        ))}
      </dd>
    </div>
  );
}

function Points({ points }: { points: RegisterDetail['points'] }) {
  if (points.length === 0) return null;
  const first = points.filter(({ field }) => foremost.has(field));
  const rest = points.filter(({ field }) => !foremost.has(field));
  return (
    <section aria-label="What it says">
      <h2>What it says</h2>
      <dl className="points">
        {first.map((point) => (
          <Point key={point.field} point={point} />
        ))}
      </dl>
      <details>
        <summary>{rest.length} more points</summary>
        <dl className="points">
          {rest.map((point) => (
            <Point key={point.field} point={point} />
          ))}
        </dl>
      </details>
    </section>
  );
}

function History({ history }: { history: RegisterDetail['history'] }) {
  return (
    <section aria-label="History">
      <h2>History</h2>
      {history.length === 0 ? (
        <p className="sm dim">
          Nothing came before it. An amendment or a new version takes its place once it is published.
        </p>
      ) : (
        <ul className="history">
          {history.map((one) => (
            <li key={one.publicationId} className="sm">
              <Link className="link" to="/published/$id" params={{ id: one.publicationId }}>
                {one.otherRun ? one.title : `Version ${String(one.draftVersion)}`}
              </Link>
              <span className="faint">
                {' '}
                published {dayAndYear(one.publishedAt)}
                {one.lastSafeDay === undefined ? ', no last safe day' : `, last safe day ${civilDay(one.lastSafeDay)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** One contract: the day to act by and its arithmetic, the words it stands on, and what came before. */
export function EntrySide({ run, today }: { run: string; today: string }) {
  const mayStart = useMay('operator');
  const { data, error, refetch } = useQuery({
    queryKey: ['register', 'entry', run],
    queryFn: ({ signal }) => ask('get /api/register/{id}', { params: { id: run }, signal }),
  });
  if (error && !data)
    return (
      <div className="padded">
        <Failure error={error} retry={() => void refetch()} />
      </div>
    );
  if (!data)
    return (
      <div className="padded">
        <Lines rows={8} label="Loading the contract" />
      </div>
    );
  return (
    <>
      <section aria-label="The day to act by">
        <h2 className="break">{nameOf(data)}</h2>
        {data.vendor === '' ? null : <p className="sm dim break">{data.title}</p>}
        <ActBy entry={data} today={today} />
        <div className="row verbs">
          <Link className={buttonClass({ small: true })} to="/published/$id" params={{ id: data.publicationId }}>
            Published page
          </Link>
          {data.receiptUrl === undefined ? null : (
            <a className={buttonClass({ small: true })} href={data.receiptUrl}>
              Receipt
            </a>
          )}
        </div>
        {mayStart && !data.sample ? (
          <p className="row verbs">
            <Link className="link sm" to="/start" search={{ track: 'contract-summary', supersedes: data.runId }}>
              Start an amendment or a new version
            </Link>
          </p>
        ) : null}
      </section>
      <StartLetter contractRun={data.runId} />
      <Points points={data.points} />
      <History history={data.history} />
      <section aria-label="Published">
        <p className="sm faint">
          Version {data.draftVersion}, published {dayAndYear(data.publishedAt)}
          {data.sample ? '. Sample' : ''}
        </p>
      </section>
    </>
  );
}
