import type { Part } from './track-pages.js';

/** Which parts a change is asked of. None chosen means the whole draft. */
export function AskedParts(props: {
  parts: readonly Part[];
  about: readonly string[];
  onAbout: (about: readonly string[]) => void;
}) {
  const { parts, about, onAbout } = props;
  const there = about.filter((key) => parts.some((part) => part.key === key));
  return (
    <details className="asked-parts" open={there.length > 0 || undefined}>
      <summary>
        {there.length === 0
          ? 'Only some parts may change…'
          : `Only ${there.length === 1 ? 'this part' : `these ${String(there.length)} parts`} may change`}
      </summary>
      <ul>
        {parts.map(({ key, label }) => (
          <li key={key}>
            <label className="choice sm">
              <input
                type="checkbox"
                checked={there.includes(key)}
                onChange={(event) =>
                  onAbout(event.target.checked ? [...there, key] : there.filter((one) => one !== key))
                }
              />
              <span>{label}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
