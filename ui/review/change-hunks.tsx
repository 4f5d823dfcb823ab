import type { ReactNode } from 'react';
import { Icon } from '../shared/icons.js';
import { list } from '../shared/words.js';
import { ItemWords } from './item-change.js';
import type { ItemChange } from './track-pages.js';

function numberOf(item: ItemChange): string {
  return /^Step (\d+)$/.exec(item.title)?.[1] ?? '';
}

function NumberOf({ item }: { item: ItemChange }) {
  return (
    <>
      <span className="vh">Step </span>
      {numberOf(item)}
    </>
  );
}

type Part = { kind: 'hunk'; item: ItemChange } | { kind: 'fold'; items: ItemChange[] };

function parts(items: readonly ItemChange[]): Part[] {
  const found: Part[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (item.state !== 'same') found.push({ kind: 'hunk', item });
    else if (last?.kind === 'fold') last.items.push(item);
    else found.push({ kind: 'fold', items: [item] });
  }
  return found;
}

function foldWords(items: readonly ItemChange[]): string {
  const steps = items.filter((item) => item.title.startsWith('Step '));
  const others = items.filter((item) => !steps.includes(item)).map((item) => item.title);
  const first = steps[0]?.title ?? '';
  const last = steps.at(-1)?.title.replace('Step ', '') ?? '';
  const stepWords =
    steps.length === 0 ? [] : [steps.length === 1 ? first : `${first.replace('Step', 'Steps')} to ${last}`];
  const unique = [...new Set([...others, ...stepWords])];
  const [head = '', ...rest] = unique;
  return `${list([head, ...rest.map((word) => word.charAt(0).toLowerCase() + word.slice(1))])} unchanged`;
}

/** Two versions, item by item: what changed word by word with `side` beside it, what did not folded to a line. */
export function ChangeHunks(props: {
  items: readonly ItemChange[];
  label: string;
  /** Said where no words changed. */
  same: string;
  side: (item: ItemChange) => ReactNode;
}) {
  const hunks = parts(props.items);
  return (
    <article className="paper sheet changes" aria-label={props.label}>
      {hunks.every((part) => part.kind === 'fold') ? (
        <p className="ours">{props.same}</p>
      ) : (
        hunks.map((part, index) =>
          part.kind === 'fold' ? (
            <p className="fold" key={index}>
              <Icon name="dots" />
              {foldWords(part.items)}
            </p>
          ) : (
            <div className="hunk" key={part.item.key} data-item={part.item.key}>
              <div>
                <h3 className={numberOf(part.item) === '' ? undefined : 'no'}>
                  {numberOf(part.item) === '' ? part.item.title : <NumberOf item={part.item} />}
                </h3>
                <ItemWords item={part.item} />
              </div>
              {props.side(part.item)}
            </div>
          ),
        )
      )}
    </article>
  );
}
