type Item = { id: string };

/**
 * Which item of the earlier version each drafted item is: the one of the same id, else the one that stands
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
    const gap = was.slice(from + 1, Math.max(from + 1, until)).find((other) => !taken.has(other.id));
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
