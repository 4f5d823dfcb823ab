import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DecisionFacts, RunDetail, TimelineEvent } from '../../api/contract/index.js';
import { Icon } from '../shared/icons.js';
import { StateMark } from '../shared/state-mark.js';
import { runQuery } from '../shared/queries.js';
import { fingerprint } from '../shared/words.js';
import { aboutOf, told, whoOf } from './event-words.js';
import { checkSignature } from './signature.js';

function fullTime(zone: string, at: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at));
}

function Signature({ decision }: { decision: DecisionFacts }) {
  const { data } = useQuery({
    queryKey: ['signature', decision.id],
    queryFn: () => checkSignature(decision),
    staleTime: Infinity,
  });
  if (data === 'valid')
    return (
      <>
        <StateMark state="verified">valid</StateMark> <span className="faint">checked in this browser</span>
      </>
    );
  if (data === 'not-valid') return <StateMark state="not-found">not valid</StateMark>;
  if (data === 'not-here') return <span className="faint">this browser cannot check it; the command below can</span>;
  return <span className="faint">checking…</span>;
}

function decisionOf(run: RunDetail | undefined, event: TimelineEvent): DecisionFacts | undefined {
  return run?.decisions.find((item) => item.id === event.body['decisionId']);
}

function RunLink({ event, decision }: { event: TimelineEvent; decision: DecisionFacts | undefined }) {
  const reviewId = decision?.reviewId ?? event.body['reviewId'];
  if (event.runId === undefined) return aboutOf(event);
  return typeof reviewId === 'string' ? (
    <Link className="link" to="/reviews/$id" params={{ id: reviewId }}>
      {aboutOf(event)}
    </Link>
  ) : (
    <Link className="link" to="/runs/$id" params={{ id: event.runId }}>
      {aboutOf(event)}
    </Link>
  );
}

/** One event with its proof: who, when, before and after, fingerprints, and the signature of a decision. */
export function EventSide({ event, zone, total }: { event: TimelineEvent; zone: string; total: number | undefined }) {
  const run = useQuery({ ...runQuery(event.runId ?? ''), enabled: event.runId !== undefined });
  const decision = decisionOf(run.data, event);
  const { verb, change } = told(event);
  const [before, after] = change.includes(' → ') ? change.split(' → ') : [undefined, change];
  const version = event.body['version'];
  const digest = event.body['subjectDigest'];
  return (
    <>
      <section>
        <h2>{after === '' || after === undefined ? verb : after.charAt(0).toUpperCase() + after.slice(1)}</h2>
        <p className="sm dim below">
          {whoOf(event)}, {fullTime(zone, event.at)}
        </p>
        <dl className="ba">
          <dt>About</dt>
          <dd>
            <RunLink event={event} decision={decision} />
            {typeof version === 'number' ? `, version ${String(version)}` : ''}
          </dd>
          {before === undefined || before === '' ? null : (
            <>
              <dt>Before</dt>
              <dd>{before}</dd>
              <dt>After</dt>
              <dd>{after}</dd>
            </>
          )}
          {decision ? (
            <>
              <dt>Approval</dt>
              <dd>{decision.singlePerson ? 'single-person' : 'second person'}</dd>
            </>
          ) : null}
          {event.words ? (
            <>
              <dt>Words</dt>
              <dd className="said">{event.words}</dd>
            </>
          ) : null}
          {decision?.reason ? (
            <>
              <dt>Reason</dt>
              <dd className="said">{decision.reason}</dd>
            </>
          ) : null}
        </dl>
      </section>
      <section>
        <h2>Proof</h2>
        <dl className="ba">
          {typeof digest === 'string' ? (
            <>
              <dt>{event.kind === 'decided' ? 'Decided' : 'Page'}</dt>
              <dd className="fp" title={digest}>
                {fingerprint(digest, 4)}
              </dd>
            </>
          ) : null}
          {decision && event.kind === 'decided' ? (
            <>
              <dt>Signature</dt>
              <dd>
                <Signature decision={decision} />
              </dd>
              <dt>Key</dt>
              <dd className="fp">{fingerprint(decision.keyId, 4)}</dd>
            </>
          ) : null}
          <dt>Event</dt>
          <dd>
            {event.seq}
            {total === undefined ? '' : ` of ${String(total)}`} in this{' '}
            {event.runId === undefined ? 'part of the record' : 'run'}
          </dd>
          <dt>This one</dt>
          <dd className="fp" title={event.hash}>
            {fingerprint(event.hash, 4)}
          </dd>
        </dl>
      </section>
      {decision?.decision === 'approve' && run.data ? (
        <section>
          <h2>What happened next</h2>
          <ol className="after">
            {run.data.publications.map((publication) => (
              <li key={publication.id}>
                <Icon name={publication.state === 'published' ? 'tick' : 'open'} />
                <span>
                  {publication.state === 'published' ? 'Published to' : 'Goes to'} the {publication.target}
                  {publication.state === 'published' ? (
                    <>
                      <br />
                      <Link className="link" to="/published/$id" params={{ id: publication.id }}>
                        The page and its receipt
                      </Link>
                    </>
                  ) : null}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </>
  );
}
