import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Failure } from '../shared/failure.js';
import { dayAndYear, when } from '../shared/dates.js';
import { Lines } from '../shared/loading.js';
import { HousePage } from '../shared/page.js';
import { RecordingLink } from '../shared/recording-link.js';
import { runQuery } from '../shared/queries.js';
import './inbox.css';
import { RunGiven } from './run-given.js';
import { RunPanel } from './run-panel.js';

const decisionWords = { approve: 'approved', 'request-changes': 'asked for changes', reject: 'rejected' } as const;

/** One run, whatever its state: where it stands, what it came from, what was decided. */
export function RunPage() {
  const { id = '' } = useParams({ strict: false });
  const { data: run, error, refetch } = useQuery(runQuery(id));
  return (
    <HousePage title={run?.title ?? 'Run'}>
      <div className="body">
        <div className="pad narrow reading">
          {error && !run ? <Failure error={error} retry={() => void refetch()} /> : null}
          {!run && !error ? <Lines rows={6} /> : null}
          {run ? (
            <>
              <RunPanel run={run} titled={false} />
              {run.feedback ? (
                <>
                  <h3>Asked of the next draft</h3>
                  <p className="quote">{run.feedback}</p>
                </>
              ) : null}
              <RunGiven key={run.id} run={run} />
              {run.recordingLink ? <RecordingLink link={run.recordingLink} /> : null}
              {run.decisions.length > 0 ? (
                <>
                  <h3>Decided</h3>
                  <ul className="todo">
                    {run.decisions.map((decision) => (
                      <li key={decision.id} className="said">
                        <b>
                          {decision.by.name} {decisionWords[decision.decision]}
                          {decision.undoneAt ? ', and took it back' : ''}
                        </b>{' '}
                        <span className="faint">
                          {dayAndYear(decision.decidedAt)}, {when(decision.decidedAt).slice(-5)}
                        </span>
                        {decision.reason ? <p className="quote">{decision.reason}</p> : null}
                      </li>
                    ))}
                  </ul>
                </>
              ) : null}
              <p className="act">
                <Link className="link" to="/timeline" search={{ run: run.id }}>
                  Everything that happened, on the timeline
                </Link>
              </p>
            </>
          ) : null}
        </div>
      </div>
    </HousePage>
  );
}
