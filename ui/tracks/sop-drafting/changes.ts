import type { ItemChange, Passage } from '../../review/track-pages.js';
import { ownText } from '../../../workflows/domain/sop-drafting/sections.js';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';

type Item = { id: string };
const differs = (passages: readonly Passage[]): boolean => passages.some((part) => part.before !== part.after);

function fact(key: string, title: string, before: string, after: string): ItemChange[] {
  if (before === '' && after === '') return [];
  const passages = [{ label: '', before, after }];
  return [{ key, title, state: differs(passages) ? 'changed' : 'same', passages }];
}

/** Ids that kept their order relative to one another: the longest run of them that still rises. */
function inOrder(was: readonly string[], is: readonly string[]): Set<string> {
  const rows = is.map((id) => ({ id, at: was.indexOf(id) })).filter((row) => row.at >= 0);
  const best: { length: number; previous: number }[] = [];
  rows.forEach((row, index) => {
    let length = 1;
    let previous = -1;
    for (let other = 0; other < index; other += 1) {
      const seen = best[other];
      const earlier = rows[other];
      if (seen && earlier && earlier.at < row.at && seen.length + 1 > length) {
        length = seen.length + 1;
        previous = other;
      }
    }
    best.push({ length, previous });
  });
  let at = best.reduce((top, row, index) => (row.length > (best[top]?.length ?? 0) ? index : top), 0);
  const kept = new Set<string>();
  while (at >= 0 && rows[at]) {
    const row = rows[at];
    if (row) kept.add(row.id);
    at = best[at]?.previous ?? -1;
  }
  return kept;
}

function list<T extends Item>(
  was: readonly T[],
  is: readonly T[],
  title: (index: number, item: T) => string,
  words: (before: T | undefined, after: T | undefined) => Passage[],
): ItemChange[] {
  const kept = inOrder(
    was.map((item) => item.id),
    is.map((item) => item.id),
  );
  const present = is.map((item, index): ItemChange => {
    const at = was.findIndex((other) => other.id === item.id);
    const passages = words(was[at], item);
    const row = { key: item.id, title: title(index, item), passages };
    if (at < 0) return { ...row, state: 'added' };
    if (!kept.has(item.id)) return { ...row, state: 'moved', movedFrom: at + 1 };
    return { ...row, state: differs(passages) ? 'changed' : 'same' };
  });
  // A removed item is shown where it stood: after the last surviving item that came before it.
  return was.reduce((rows, item, index) => {
    if (is.some((other) => other.id === item.id)) return rows;
    const anchor = was.slice(0, index).findLast((other) => rows.some((row) => row.key === other.id));
    const at = anchor === undefined ? 0 : rows.findIndex((row) => row.key === anchor.id) + 1;
    const row: ItemChange = {
      key: item.id,
      title: title(index, item),
      state: 'removed',
      passages: words(item, undefined),
    };
    return [...rows.slice(0, at), row, ...rows.slice(at)];
  }, present);
}

function ownChanges(from: Sop, to: Sop): ItemChange[] {
  const keys = new Set([...from.ownSections, ...to.ownSections].map((section) => section.key));
  return [...keys].flatMap((key) =>
    fact(key, nameOf(to, key) ?? nameOf(from, key) ?? '', ownText(from, key), ownText(to, key)),
  );
}

const nameOf = (sop: Sop, key: string) => sop.template.sections.find((section) => section.key === key)?.name;

/** A picture has no words to compare: said only where it is another one. */
function pictureChange(before: string | null, after: string | null): Passage[] {
  if (before === after) return [];
  const words = (is: string | null, here: string) => (is === null ? '' : here);
  return [{ label: 'Screenshot', before: words(before, 'the earlier one'), after: words(after, 'a new one') }];
}

/** Every item of two versions of an SOP, in the order of the page, with what became of it. */
export function sopChanges(from: Sop, to: Sop): ItemChange[] {
  const lines = (items: readonly string[]): string => items.join('\n');
  return [
    ...fact('title', 'Title', from.title, to.title),
    ...fact('owner', 'Owner', from.owner, to.owner),
    ...fact('approver', 'Approver', from.approver, to.approver),
    ...fact('scope', 'Applies to', from.scope, to.scope),
    ...fact('systems', 'Systems of record', from.systemsOfRecord.join(', '), to.systemsOfRecord.join(', ')),
    ...fact('purpose', 'Purpose', from.purpose, to.purpose),
    ...fact('prerequisites', 'Before you start', lines(from.prerequisites), lines(to.prerequisites)),
    ...ownChanges(from, to),
    ...list(
      from.steps,
      to.steps,
      (index) => `Step ${index + 1}`,
      (before, after) => [
        { label: '', before: before?.action ?? '', after: after?.action ?? '' },
        { label: 'Where', before: before?.where ?? '', after: after?.where ?? '' },
        { label: 'You should see', before: before?.expected ?? '', after: after?.expected ?? '' },
        ...pictureChange(before?.screenshot ?? null, after?.screenshot ?? null),
      ],
    ),
    ...list(
      from.decisionPoints,
      to.decisionPoints,
      () => 'Decision point',
      (before, after) => [{ label: '', before: before?.question ?? '', after: after?.question ?? '' }],
    ),
    ...list(
      from.exceptions,
      to.exceptions,
      () => 'Exception',
      (before, after) => [
        { label: '', before: before?.when ?? '', after: after?.when ?? '' },
        { label: 'Then', before: before?.then ?? '', after: after?.then ?? '' },
      ],
    ),
  ];
}

/** How many items a person would see marked as changed. */
export function changeCount(items: readonly ItemChange[]): number {
  return items.filter((item) => item.state !== 'same').length;
}
