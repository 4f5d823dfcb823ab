import { useEffect, useRef } from 'react';
import type { SourceWithReading } from '../../../api/contract/index.js';
import type { Step } from '../../../workflows/domain/sop-drafting/schema.js';
import type { EditorProps } from '../../review/track-pages.js';
import { Button } from '../../shared/button.js';
import { SelectField, TextArea, TextField } from '../../shared/field.js';
import { Icon } from '../../shared/icons.js';
import { placeOf } from './moments.js';
import { newStep } from './new-items.js';

type StepProps = {
  step: Step;
  index: number;
  count: number;
  shots: readonly SourceWithReading[];
  trouble: (field: string) => string | undefined;
  onChange: (step: Step) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onAddAfter: () => void;
};

function ScreenshotField({ step, shots, onChange }: Pick<StepProps, 'step' | 'shots' | 'onChange'>) {
  if (shots.length === 0) return null;
  return (
    <SelectField
      label="Screenshot"
      value={step.screenshot ?? ''}
      onChange={(event) => onChange({ ...step, screenshot: event.target.value === '' ? null : event.target.value })}
      options={[
        { value: '', label: 'None' },
        ...shots.map((shot, at) => ({ value: shot.id, label: `${String(at + 1)}: ${shot.name}` })),
      ]}
    />
  );
}

function StepVerbs({ index, count, onMove, onRemove, onAddAfter }: StepProps) {
  const number = String(index + 1);
  return (
    <div className="row verbs">
      <Button
        small
        tone="quiet"
        icon
        aria-label={`Move step ${number} up`}
        disabled={index === 0}
        onClick={() => onMove(-1)}
      >
        <Icon name="up" />
      </Button>
      <Button
        small
        tone="quiet"
        icon
        aria-label={`Move step ${number} down`}
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      >
        <Icon name="down" />
      </Button>
      <Button small tone="quiet" aria-label={`Add a step after step ${number}`} onClick={onAddAfter}>
        <Icon name="plus" />
        Step after
      </Button>
      <Button small tone="quiet" aria-label={`Remove step ${number}`} onClick={onRemove}>
        <Icon name="trash" />
        Remove
      </Button>
    </div>
  );
}

function StepField(props: StepProps) {
  const { step, index, trouble, onChange, onMove } = props;
  return (
    <li
      className="itembox"
      data-item={step.id}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        onMove(event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <p className="head">
        <b>Step {index + 1}</b>
        <span className="faint">
          {step.moment ? (
            <>from the walk-through at {placeOf(step.moment)}</>
          ) : (
            <>
              <u className="inferred">inferred</u>, not in the recording
            </>
          )}
        </span>
        <span className="sp" />
      </p>
      <StepVerbs {...props} />
      <TextArea
        label="What to do"
        rows={2}
        className="serif"
        value={step.action}
        error={trouble('action')}
        onChange={(event) => onChange({ ...step, action: event.target.value })}
      />
      <div className="pair">
        <div data-item={`where-of:${step.id}`}>
          <TextField
            label="Where"
            optional
            value={step.where}
            error={trouble('where')}
            onChange={(event) => onChange({ ...step, where: event.target.value })}
          />
        </div>
        <div data-item={`expected-of:${step.id}`}>
          <TextField
            label="You should see"
            optional
            value={step.expected}
            error={trouble('expected')}
            onChange={(event) => onChange({ ...step, expected: event.target.value })}
          />
        </div>
      </div>
      <ScreenshotField {...props} />
    </li>
  );
}

function moved(steps: readonly Step[], from: number, by: number): Step[] {
  const step = steps[from];
  const to = from + by;
  if (step === undefined || to < 0 || to >= steps.length) return [...steps];
  const rest = steps.filter((_, at) => at !== from);
  return [...rest.slice(0, to), step, ...rest.slice(to)];
}

/** The steps: write, add, move (⌥↑ ⌥↓ as well), remove. */
export function Steps({ draft, onChange, troubles, sources, at }: EditorProps) {
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<string>(undefined);
  const { steps } = draft;
  const put = (next: Step[], focus?: string): void => {
    wanted.current = focus;
    onChange({ ...draft, steps: next });
  };
  const addAfter = (index: number): void => {
    const step = newStep();
    put([...steps.slice(0, index + 1), step, ...steps.slice(index + 1)], step.id);
  };
  useEffect(() => {
    if (wanted.current === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-item="${wanted.current}"] textarea`)?.focus();
    wanted.current = undefined;
  }, [steps]);
  const asked = useRef(false);
  useEffect(() => {
    if (at !== 'new-step' || asked.current) return;
    asked.current = true;
    addAfter(steps.length - 1);
  });
  return (
    <fieldset className="part">
      <legend>Steps</legend>
      <p className="lab">A changed or moved step has to be run again before approval; all others keep their ticks.</p>
      <ol ref={list} className="items">
        {steps.map((step, index) => (
          <StepField
            key={step.id}
            step={step}
            index={index}
            count={steps.length}
            shots={sources.filter((source) => source.kind === 'screenshot')}
            trouble={(field) => troubles.find((item) => item.path === `steps.${String(index)}.${field}`)?.words}
            onChange={(next) => put(steps.map((other, place) => (place === index ? next : other)))}
            onMove={(by) => put(moved(steps, index, by))}
            onRemove={() =>
              put(
                steps.filter((other) => other.id !== step.id),
                steps[index + 1]?.id ?? steps[index - 1]?.id,
              )
            }
            onAddAfter={() => addAfter(index)}
          />
        ))}
      </ol>
      <Button small onClick={() => addAfter(steps.length - 1)}>
        <Icon name="plus" />
        Add a step
      </Button>
    </fieldset>
  );
}
