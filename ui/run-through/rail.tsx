import type { StepStanding } from './standing.js';
import { Icon, type IconName } from '../shared/icons.js';
import { when } from '../shared/dates.js';
import type { RunThrough } from '../../api/contract/index.js';
import { count } from '../shared/words.js';

const marks: Record<StepStanding['mark'], IconName> = {
  met: 'tick',
  'as-written': 'tick',
  differed: 'wave',
  exception: 'flag',
  open: 'open',
};

const spoken: Record<StepStanding['mark'], string> = {
  met: 'done',
  'as-written': 'ticked',
  differed: 'differed',
  exception: 'exception',
  open: 'open',
};

/** Every step in order, and the recording at the end; the one in question has the pen edge. */
export function Rail(props: {
  steps: readonly StepStanding[];
  now: string;
  through: RunThrough | undefined;
  /** How the recording stands. */
  recording: string;
  onGo: (step: string) => void;
}) {
  const { steps, now, through, recording, onGo } = props;
  const kept = steps.filter((step) => step.mark === 'met').length;
  return (
    <nav className="rail pane" aria-label="Steps">
      <ol>
        {steps.map((step) => (
          <li key={step.id}>
            <button
              className={step.id === now ? 'now' : undefined}
              aria-current={step.id === now ? 'step' : undefined}
              onClick={() => onGo(step.id)}
            >
              <span className="no">{step.number}</span>
              <Icon name={marks[step.mark]} />
              <span>
                <span className="clip">{step.action}</span>
                <small>
                  <span className="vh">{spoken[step.mark]}, </span>
                  {step.words}
                </small>
              </span>
            </button>
          </li>
        ))}
        <li className="apart">
          <button
            className={now === 'finish' ? 'now' : undefined}
            aria-current={now === 'finish' ? 'step' : undefined}
            onClick={() => onGo('finish')}
          >
            <span className="no" />
            <Icon name={through?.recording ? 'tick' : 'attach'} />
            <span>
              Recording, and finish
              <small>{recording}</small>
            </span>
          </button>
        </li>
      </ol>
      <p className="lab foot">
        {through
          ? `Run by ${through.person.name}, from ${when(through.startedAt)}. `
          : 'It begins with the first tick, or with its recording. '}
        {kept > 0 ? `${count(kept, 'tick')} kept, because those steps have not changed since.` : ''}
      </p>
    </nav>
  );
}
