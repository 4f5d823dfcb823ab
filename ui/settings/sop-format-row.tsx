import { Button } from '../shared/button.js';
import { FieldError } from '../shared/field.js';
import { Icon } from '../shared/icons.js';
import { ownSectionKey, type Section } from '../../workflows/domain/sop-drafting/template.js';

/** Sections without which a page is no SOP that somebody ran. */
const always = new Set<string>(['steps', 'exceptions', 'run-through']);
/** Sections that fill themselves, so that nothing can be missing under them. */
const ofItself = new Set<string>(['run-through', 'revisions', 'steps']);

/** One section of the format: its name, whether it is required, its place. Alt and an arrow move it. */
export function SopFormatRow(props: {
  section: Section;
  at: number;
  count: number;
  disabled: boolean;
  wrong: string | undefined;
  onChange: (change: Partial<Section>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { section, at, count, disabled, wrong, onChange, onMove, onRemove } = props;
  const called = section.name === '' ? `section ${String(at + 1)}` : section.name;
  return (
    <li
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || disabled) return;
        event.preventDefault();
        onMove(event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <div className="row">
        <input
          className={wrong ? 'input bad' : 'input'}
          aria-label={`Name of section ${String(at + 1)}`}
          aria-invalid={wrong ? true : undefined}
          value={section.name}
          maxLength={80}
          disabled={disabled}
          autoFocus={section.name === ''}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        {ofItself.has(section.key) ? (
          <span className="req sm faint">{always.has(section.key) ? 'Always there' : 'Fills itself'}</span>
        ) : (
          <label className="req choice sm">
            <input
              type="checkbox"
              checked={section.required}
              disabled={disabled}
              aria-label={`${called} is required`}
              onChange={(event) => onChange({ required: event.target.checked })}
            />
            Required
          </label>
        )}
        {disabled ? null : (
          <>
            <Button
              tone="quiet"
              icon
              small
              aria-label={`Move ${called} up`}
              disabled={at === 0}
              onClick={() => onMove(-1)}
            >
              <Icon name="up" />
            </Button>
            <Button
              tone="quiet"
              icon
              small
              aria-label={`Move ${called} down`}
              disabled={at === count - 1}
              onClick={() => onMove(1)}
            >
              <Icon name="down" />
            </Button>
            <Button
              tone="quiet"
              icon
              small
              aria-label={`Take ${called} out`}
              disabled={always.has(section.key)}
              title={always.has(section.key) ? 'An SOP cannot be without it' : undefined}
              onClick={onRemove}
            >
              <Icon name="close" />
            </Button>
          </>
        )}
      </div>
      {ownSectionKey.test(section.key) ? <p className="sm faint">Your own section: free text in the draft.</p> : null}
      {wrong ? <FieldError>{wrong}</FieldError> : null}
    </li>
  );
}
