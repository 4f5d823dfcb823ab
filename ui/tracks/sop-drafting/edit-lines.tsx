import type { FieldTrouble } from '../../review/track-pages.js';
import { Button } from '../../shared/button.js';
import { FieldError } from '../../shared/field.js';
import { Icon } from '../../shared/icons.js';

/** A list of single lines: write, add, remove. */
export function Lines(props: {
  title: string;
  /** What one line is: “system”. */
  one: string;
  path: string;
  lines: readonly string[];
  troubles: readonly FieldTrouble[];
  onChange: (lines: string[]) => void;
}) {
  const { title, one, path, lines, troubles, onChange } = props;
  return (
    <fieldset className="part">
      <legend>{title}</legend>
      {lines.map((text, index) => {
        const trouble = troubles.find((item) => item.path === `${path}.${String(index)}`);
        return (
          <div key={index}>
            <div className="row">
              <input
                className={trouble ? 'input bad' : 'input'}
                aria-label={`${title}, ${String(index + 1)}`}
                aria-invalid={trouble ? true : undefined}
                value={text}
                onChange={(event) => onChange(lines.map((other, at) => (at === index ? event.target.value : other)))}
              />
              <Button
                tone="quiet"
                icon
                aria-label={`Remove ${one} ${String(index + 1)}`}
                onClick={() => onChange(lines.filter((_, at) => at !== index))}
              >
                <Icon name="close" />
              </Button>
            </div>
            {trouble ? <FieldError>{trouble.words}</FieldError> : null}
          </div>
        );
      })}
      <Button small onClick={() => onChange([...lines, ''])}>
        <Icon name="plus" />
        Add a {one}
      </Button>
    </fieldset>
  );
}
