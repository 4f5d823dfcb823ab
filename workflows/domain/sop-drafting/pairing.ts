type Item = { id: string };

/** Of the words of the shorter text, the share that must be in the other for two items to be one, reworded. */
const alikeFrom = 0.5;

function wordsOf(item: object): Set<string> {
  const fields = new Map<string, unknown>(Object.entries(item));
  const text = fields.get('action') ?? fields.get('question') ?? fields.get('when');
  return new Set(typeof text === 'string' ? (text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []) : []);
}

function alike(one: object, other: object): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common > 0 && common / Math.min(a.size, b.size) >= alikeFrom;
}

/**
 * Which item of the earlier version each drafted item is: the one of the same id, else one of like words
 * in the same gap between items that are the same. Drafted id to earlier id.
 */
export function paired(was: readonly Item[], drafted: readonly Item[]): Map<string, string> {
  const at = new Map(was.map((item, index): [string, number] => [item.id, index]));
  const same = new Set(drafted.filter((item) => at.has(item.id)).map((item) => item.id));
  const pairs = new Map([...same].map((id): [string, string] => [id, id]));
  const taken = new Set(same);
  let from = -1;
  drafted.forEach((item, index) => {
    const here = at.get(item.id);
    if (here !== undefined) {
      from = here;
      return;
    }
    const next = drafted.slice(index + 1).find((other) => at.has(other.id));
    const until = next === undefined ? was.length : (at.get(next.id) ?? was.length);
    const gap = was
      .slice(from + 1, Math.max(from + 1, until))
      .find((other) => !taken.has(other.id) && alike(item, other));
    if (gap === undefined) return;
    taken.add(gap.id);
    pairs.set(item.id, gap.id);
  });
  return pairs;
}

/** The items of `first` in their order, and those that `second` has besides, each after the one that it follows there. */
export function placed<T extends Item>(first: readonly T[], second: readonly T[]): T[] {
  const list = [...first];
  second.forEach((item, index) => {
    if (list.some(({ id }) => id === item.id)) return;
    const before = second[index - 1];
    const at = before === undefined ? -1 : list.findIndex(({ id }) => id === before.id);
    list.splice(at + 1, 0, item);
  });
  return list;
}
