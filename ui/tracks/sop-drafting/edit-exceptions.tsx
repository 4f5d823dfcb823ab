import { useEffect, useRef } from 'react';
import type { DecisionPoint, SopException } from '../../../workflows/domain/sop-drafting/schema.js';
import type { EditorProps } from '../../review/track-pages.js';
import { Button } from '../../shared/button.js';
import { SelectField, TextArea, TextField } from '../../shared/field.js';
import { Icon } from '../../shared/icons.js';
import { newDecisionPoint, newException } from './new-items.js';

type PartProps = Pick<EditorProps, 'draft' | 'onChange' | 'troubles'>;

/** Questions a person has to answer on the way. Each wants an exception, or a word that there is none. */
export function Decisions({ draft, onChange, troubles }: PartProps) {
  const points = draft.decisionPoints;
  const put = (next: DecisionPoint): void =>
    onChange({ ...draft, decisionPoints: points.map((other) => (other.id === next.id ? next : other)) });
  const remove = (id: string): void =>
    onChange({
      ...draft,
      decisionPoints: points.filter((other) => other.id !== id),
      exceptions: draft.exceptions.map((item) =>
        item.decisionPointId === id ? { ...item, decisionPointId: null } : item,
      ),
    });
  return (
    <fieldset className="part">
      <legend>Decision points</legend>
      <ul className="items">
        {points.map((point, index) => (
          <li key={point.id} className="itembox" data-item={point.id}>
            <TextField
              label={`Question ${String(index + 1)}`}
              value={point.question}
              error={troubles.find((item) => item.path === `decisionPoints.${String(index)}.question`)?.words}
              onChange={(event) => put({ ...point, question: event.target.value })}
            />
            <div className="pair">
              <SelectField
                label="At step"
                value={point.stepId ?? ''}
                onChange={(event) => put({ ...point, stepId: event.target.value === '' ? null : event.target.value })}
                options={[
                  { value: '', label: 'No step in particular' },
                  ...draft.steps.map((step, at) => ({ value: step.id, label: `Step ${String(at + 1)}` })),
                ]}
              />
              <Button
                small
                tone="quiet"
                className="low"
                aria-label={`Remove question ${String(index + 1)}`}
                onClick={() => remove(point.id)}
              >
                <Icon name="trash" />
                Remove
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Button small onClick={() => onChange({ ...draft, decisionPoints: [...points, newDecisionPoint()] })}>
        <Icon name="plus" />
        Add a decision point
      </Button>
    </fieldset>
  );
}

/** What to do when it does not go as written. */
export function Exceptions({ draft, onChange, troubles, at }: PartProps & { at: string | undefined }) {
  const items = draft.exceptions;
  const asked = useRef(false);
  const list = useRef<HTMLUListElement>(null);
  const wanted = useRef<string>(undefined);
  const put = (next: SopException): void =>
    onChange({ ...draft, exceptions: items.map((other) => (other.id === next.id ? next : other)) });
  const add = (forPoint?: DecisionPoint): void => {
    const item = newException(forPoint);
    wanted.current = item.id;
    onChange({ ...draft, exceptions: [...items, item] });
  };
  useEffect(() => {
    const pointId = at?.startsWith('exception-for:') ? at.slice('exception-for:'.length) : undefined;
    const point = draft.decisionPoints.find((other) => other.id === pointId);
    if (asked.current || point === undefined) return;
    asked.current = true;
    const begun = items.find((item) => item.decisionPointId === point.id);
    if (begun === undefined) add(point);
    else list.current?.querySelector<HTMLElement>(`[data-item="${begun.id}"] textarea`)?.focus();
  });
  useEffect(() => {
    if (wanted.current === undefined) return;
    const field = list.current?.querySelector<HTMLElement>(`[data-item="${wanted.current}"] [data-first]`);
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
    wanted.current = undefined;
  }, [items]);
  return (
    <fieldset className="part">
      <legend>Exceptions</legend>
      <ul className="items" ref={list}>
        {items.map((item, index) => {
          const trouble = (field: string): string | undefined =>
            troubles.find((other) => other.path === `exceptions.${String(index)}.${field}`)?.words;
          const filled = item.when !== '';
          return (
            <li key={item.id} className="itembox" data-item={item.id} data-first={filled ? 'textarea' : 'input'}>
              <TextField
                label="When"
                value={item.when}
                error={trouble('when')}
                {...(filled ? {} : { 'data-first': '' })}
                onChange={(event) => put({ ...item, when: event.target.value })}
              />
              <TextArea
                label="Then"
                rows={3}
                className="serif"
                hint={item.then === '' ? 'Who does what, and by when. Without it this cannot be approved.' : undefined}
                value={item.then}
                error={trouble('then')}
                {...(filled ? { 'data-first': '' } : {})}
                onChange={(event) => put({ ...item, then: event.target.value })}
              />
              <Button
                small
                tone="quiet"
                aria-label={`Remove exception ${String(index + 1)}`}
                onClick={() => onChange({ ...draft, exceptions: items.filter((other) => other.id !== item.id) })}
              >
                <Icon name="trash" />
                Remove
              </Button>
            </li>
          );
        })}
      </ul>
      <Button small onClick={() => add()}>
        <Icon name="plus" />
        Add an exception
      </Button>
    </fieldset>
  );
}
