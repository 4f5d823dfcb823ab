import { changeBrowser, singleKeysAct, useBrowser, type BrowserSettings } from '../shared/browser.js';
import { useMe } from '../shared/queries.js';
import { roleWords } from '../shared/role-words.js';
import { Away } from './away.js';
import { CalendarLink } from './calendar.js';
import { Password } from './password.js';
import { Section } from './section.js';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: BrowserSettings['theme']; label: string }[];

/** One's own account, who stands in while away, and what this browser remembers. */
export function You() {
  const me = useMe();
  const browser = useBrowser();
  return (
    <Section title={me.person.name} about={`${roleWords[me.role].name}, ${me.person.email}`} forAdmins={false}>
      <h3>This browser</h3>
      <div className="fields">
        <fieldset className="choices">
          <legend className="l">Theme</legend>
          <div className="seg" role="group">
            {themes.map(({ value, label }) => (
              <button
                key={value}
                type="button"
                aria-pressed={browser.theme === value}
                onClick={() => changeBrowser({ theme: value })}
              >
                {label}
              </button>
            ))}
          </div>
        </fieldset>
        <label className="choice">
          <input
            type="checkbox"
            checked={singleKeysAct()}
            onChange={(event) => changeBrowser({ singleKeys: event.target.checked })}
          />
          <span>
            Single keys
            <small>
              Keys like j, a and ? act on their own, though never while you type. The menu under ⌘K or Ctrl K stays.
            </small>
          </span>
        </label>
      </div>
      <Away />
      <CalendarLink />
      <Password />
    </Section>
  );
}
