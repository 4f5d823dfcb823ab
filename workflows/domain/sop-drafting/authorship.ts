import type { Sop } from './schema.js';

/** A version of an SOP, and whether a person saved it or a drafter made it. */
export type Version = { sop: Sop; byPerson: boolean };

export const pageFields = [
  'title',
  'purpose',
  'scope',
  'owner',
  'approver',
  'systemsOfRecord',
  'prerequisites',
] as const satisfies readonly (keyof Sop)[];
export const itemParts = ['steps', 'decisionPoints', 'exceptions'] as const;
export type ItemPart = (typeof itemParts)[number];

export type Authorship = {
  /** True where a person wrote what stands under a key: `page:purpose`, `own:x-…`, `s-…:action`. */
  isPersons: (key: string) => boolean;
  /** True where these words stood there, or were offered, in any version. */
  wasSeen: (key: string, words: string | readonly string[]) => boolean;
  /** True of an item like one that a person took out: the same words, or the same moment. */
  wasRemoved: (part: ItemPart, item: object) => boolean;
  /** True where a person put steps into another order. */
  movedSteps: boolean;
};

/** What stands under every key of a version, as text that can be compared. */
function valuesOf(sop: Sop): Map<string, string> {
  const values = new Map<string, string>();
  for (const field of pageFields) values.set(`page:${field}`, JSON.stringify(sop[field]));
  for (const { key, text } of sop.ownSections) values.set(`own:${key}`, JSON.stringify(text));
  for (const item of [...sop.steps, ...sop.decisionPoints, ...sop.exceptions])
    for (const [field, value] of Object.entries(item))
      if (field !== 'id' && field !== 'moment' && field !== 'met')
        values.set(`${item.id}:${field}`, JSON.stringify(value));
  return values;
}

/** Words or a moment by which an item is known again when it comes back under another id. */
function marksOf(part: ItemPart, item: object): string[] {
  const fields = new Map<string, unknown>(Object.entries(item));
  const words = fields.get('action') ?? fields.get('question') ?? fields.get('when');
  const moment = fields.get('moment');
  return [
    ...(typeof words === 'string' ? [`${part} ${words.toLowerCase()}`] : []),
    ...(typeof moment === 'object' && moment !== null ? [`${part} at ${JSON.stringify(moment)}`] : []),
  ];
}

function moved(before: Sop, after: Sop): boolean {
  const there = new Set(after.steps.map(({ id }) => id));
  const was = before.steps.map(({ id }) => id).filter((id) => there.has(id));
  const known = new Set(was);
  const is = after.steps.map(({ id }) => id).filter((id) => known.has(id));
  return was.some((id, at) => id !== is[at]);
}

/** Who wrote what stands in the last of these versions: the person or drafter in whose version it last changed. */
export function authorshipOf(history: readonly Version[]): Authorship {
  const persons = new Set<string>();
  const seen = new Map<string, Set<string>>();
  const removed = new Set<string>();
  let movedSteps = false;
  let before: Sop | undefined;
  let stood = new Map<string, string>();
  const note = (key: string, value: string): void => {
    const values = seen.get(key) ?? new Set();
    seen.set(key, values.add(value));
  };
  for (const { sop, byPerson } of history) {
    const stands = valuesOf(sop);
    for (const [key, value] of stands) {
      note(key, value);
      if (stood.get(key) === value) continue;
      if (byPerson) persons.add(key);
      else persons.delete(key);
    }
    // A person's blank is a person's word too: what they emptied under a section of their own stays empty.
    for (const key of stood.keys()) if (byPerson && !stands.has(key)) persons.add(key);
    for (const { item, fields } of sop.offers)
      for (const [field, words] of Object.entries(fields)) note(`${item ?? 'page'}:${field}`, JSON.stringify(words));
    if (before !== undefined && byPerson) {
      movedSteps ||= moved(before, sop);
      for (const part of itemParts) {
        const left = new Set<string>(sop[part].map(({ id }) => id));
        for (const item of before[part])
          if (!left.has(item.id)) for (const mark of marksOf(part, item)) removed.add(mark);
      }
    }
    before = sop;
    stood = stands;
  }
  return {
    isPersons: (key) => persons.has(key),
    wasSeen: (key, words) => seen.get(key)?.has(JSON.stringify(words)) ?? false,
    wasRemoved: (part, item) => marksOf(part, item).some((mark) => removed.has(mark)),
    movedSteps,
  };
}
