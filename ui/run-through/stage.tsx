import type { SopReview } from '../../api/contract/index.js';
import { transcriptMoment } from '../shared/dates.js';
import type { StepStanding } from './standing.js';

/** One step, large: what to do, where, what to see, and its picture. */
export function Stage({ review, standing, total }: { review: SopReview; standing: StepStanding; total: number }) {
  const step = review.draft.steps.find((item) => item.id === standing.id);
  if (!step) return null;
  const shot = review.sources.find((source) => source.id === step.screenshot);
  const from = step.moment?.startMs;
  return (
    <div className="inner">
      <p className="row sm dim">
        <b>
          Step {standing.number} of {total}
        </b>
        {step.where === '' ? null : <span className="faint">in {step.where}</span>}
        <span className="sp" />
        <span className="faint">
          {step.moment === null ? (
            <>
              <u className="inferred">inferred</u>, not in the walk-through
            </>
          ) : from === null || from === undefined ? (
            `from line ${String(step.moment.cue + 1)} of the walk-through`
          ) : (
            `from the walk-through at ${transcriptMoment(from / 1000)}`
          )}
        </span>
      </p>
      <p className="big" id="step-words">
        {step.action}
      </p>
      {step.expected === '' ? null : (
        <dl className="see">
          <dt>You should see</dt>
          <dd>{step.expected}</dd>
        </dl>
      )}
      {shot?.url ? (
        <img className="stageshot" src={shot.url} alt={`Screenshot of step ${String(standing.number)}`} />
      ) : null}
    </div>
  );
}
