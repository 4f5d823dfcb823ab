import type { ItemChange, Passage } from './track-pages.js';
import { Words } from './words.js';

const stateWords = { same: '', changed: '', added: 'added', removed: 'removed', moved: 'moved' } as const;

function PassageWords({ passage }: { passage: Passage }) {
  if (passage.before === '' && passage.after === '') return null;
  return (
    <p className={passage.label === '' ? undefined : 'exp'}>
      {passage.label === '' ? null : <i>{passage.label}: </i>}
      <Words before={passage.before} after={passage.after} />
    </p>
  );
}

/** One changed item, words inline: struck what went, underlined what came. */
export function ItemWords({ item }: { item: ItemChange }) {
  return (
    <div className="itemwords">
      {item.passages.map((passage, index) => (
        <PassageWords key={index} passage={passage} />
      ))}
    </div>
  );
}

/** “Step 6, added”; “Step 2, moved from step 4”. */
export function titleOf(item: ItemChange): string {
  if (item.state === 'moved') return `${item.title}, moved from ${String(item.movedFrom ?? '')}`;
  const words = stateWords[item.state];
  return words === '' ? item.title : `${item.title}, ${words}`;
}
