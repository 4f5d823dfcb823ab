import { sha256Hex } from '../canonical.js';
import { sopSchema, type Offer, type Sop } from './schema.js';
import { authorshipOf, itemParts, pageFields, type ItemPart, type Authorship, type Version } from './authorship.js';
import { paired, placed } from './pairing.js';

export type RedraftInput = {
  /** Every version that counted so far, oldest first; the last is the one that changes were asked of. */
  history: readonly Version[];
  /** What the drafter makes of it, with ids by `assembleSop`. */
  drafted: Sop;
  /** What the change was asked about: ids of items, or names of parts by `partsOf`. Null means the whole draft. */
  about: readonly string[] | null;
  /** What ids of offers are made from. */
  seed: string;
};

type Item = { id: string };
type Said = {
  authorship: Authorship;
  may: (name: string) => boolean;
  offer: (item: string | null, field: string, value: unknown) => void;
};

/** What a change can be asked about: every item by its id, every field of the page, each list and section by its name. */
export function partsOf(sop: Sop): string[] {
  return [
    ...pageFields,
    'steps',
    'decisionPoints',
    'exceptions',
    ...sop.template.sections.map(({ key }) => key).filter((key) => key.startsWith('x-')),
    ...[...sop.steps, ...sop.decisionPoints, ...sop.exceptions].map(({ id }) => id),
  ];
}

const fieldWords: Record<string, string> = {
  title: 'the title',
  purpose: 'the purpose',
  scope: 'what it applies to',
  owner: 'the owner',
  approver: 'the approver',
  systemsOfRecord: 'the systems of record',
  prerequisites: 'what is needed before the start',
  steps: 'the steps',
  decisionPoints: 'the decision points',
  exceptions: 'the exceptions',
};

/** A part in words that a reader of the draft finds it by: `step 3 (“Click Save”)`. */
export function partInWords(sop: Sop, name: string): string {
  const step = sop.steps.findIndex(({ id }) => id === name);
  if (step >= 0) return `step ${String(step + 1)} (“${sop.steps[step]?.action ?? ''}”)`;
  const point = sop.decisionPoints.find(({ id }) => id === name);
  if (point) return `the decision point “${point.question}”`;
  const exception = sop.exceptions.find(({ id }) => id === name);
  if (exception) return `the exception “${exception.when}”`;
  return fieldWords[name] ?? `the section “${sop.template.sections.find(({ key }) => key === name)?.name ?? name}”`;
}

function copy<T, K extends keyof T>(into: T, from: T, key: K): void {
  into[key] = from[key];
}

/** One item of both versions: a person's fields as they stand, the drafter's where it may change them. */
function mergedItem<T extends Item>(was: T, drafted: T, keys: readonly (keyof T & string)[], said: Said): T {
  const merged = { ...was };
  if (!said.may(was.id)) return merged;
  let rewritten = false;
  for (const key of keys) {
    if (said.authorship.isPersons(`${was.id}:${key}`)) said.offer(was.id, key, drafted[key]);
    else {
      rewritten ||= merged[key] !== drafted[key];
      copy(merged, drafted, key);
    }
  }
  const words = keys[0];
  // The moment goes with the words: a person's action keeps the place in the recording that it had.
  if (rewritten && words !== undefined && !said.authorship.isPersons(`${was.id}:${words}`)) withMoment(merged, drafted);
  return merged;
}

function withMoment<T extends Item>(merged: T, drafted: T): void {
  if ('moment' in drafted && 'moment' in merged) merged.moment = drafted.moment;
}

function mergedList<T extends Item>(
  part: ItemPart,
  was: readonly T[],
  drafted: readonly T[],
  keys: readonly (keyof T & string)[],
  said: Said,
  rules: { mayAdd: (item: T, after: string | undefined) => boolean; keepOrder: boolean },
): { items: T[]; ids: ReadonlyMap<string, string> } {
  const { authorship, may } = said;
  const pairs = paired(was, drafted);
  const ids = new Map<string, string>();
  let before: string | undefined;
  const fresh = drafted.flatMap((item): T[] => {
    const old = was.find(({ id }) => id === pairs.get(item.id));
    if (old !== undefined) {
      ids.set(item.id, old.id);
      before = old.id;
      return [mergedItem(old, item, keys, said)];
    }
    if (authorship.wasRemoved(part, item) || !rules.mayAdd(item, before)) return [];
    ids.set(item.id, item.id);
    return [item];
  });
  const kept = was.flatMap((item): T[] => {
    const merged = fresh.find(({ id }) => id === item.id);
    if (merged !== undefined) return [merged];
    const mine = keys.some((key) => authorship.isPersons(`${item.id}:${key}`));
    return mine || !(may(item.id) || may(part)) ? [item] : [];
  });
  return { items: rules.keepOrder ? placed(kept, fresh) : placed(fresh, kept), ids };
}

/** An offer: words for a field that is a person's. Nothing that was there before is offered again. */
function offersInto(offers: Offer[], { authorship, seed }: { authorship: Authorship; seed: string }): Said['offer'] {
  return (item, field, value) => {
    const words = Array.isArray(value) ? value.filter((line) => typeof line === 'string') : value;
    if (typeof words !== 'string' && !Array.isArray(words)) return;
    if (words.length === 0 || ['screenshot', 'stepId', 'decisionPointId'].includes(field)) return;
    if (authorship.wasSeen(`${item ?? 'page'}:${field}`, words)) return;
    const id = `o-${sha256Hex(`${seed}:${item ?? ''}:${field}`).slice(0, 8)}`;
    offers.push({ id, item, fields: { [field]: words } });
  };
}

function pageOf(was: Sop, drafted: Sop, said: Said): Pick<Sop, (typeof pageFields)[number]> {
  const merged = { ...was };
  for (const field of pageFields) {
    if (!said.may(field)) continue;
    if (said.authorship.isPersons(`page:${field}`)) said.offer(null, field, drafted[field]);
    else copy(merged, drafted, field);
  }
  return merged;
}

function sectionsOf(was: Sop, drafted: Sop, said: Said): Sop['ownSections'] {
  const mine = was.ownSections.filter(({ key }) => !said.may(key) || said.authorship.isPersons(`own:${key}`));
  const theirs = drafted.ownSections.filter(
    ({ key }) => said.may(key) && !said.authorship.isPersons(`own:${key}`) && !mine.some((one) => one.key === key),
  );
  const left = was.ownSections.filter(({ key }) => ![...mine, ...theirs].some((one) => one.key === key));
  return [...mine, ...theirs, ...left];
}

/**
 * The next version after changes were asked for. What a person wrote stays byte for byte, whoever drafts:
 * where the drafter would put other words there, these are offers for a person to take or leave. Where the
 * change is about some parts alone, the rest stays byte for byte too; a step asked about may be followed by
 * new ones. What a person took out does not come back.
 */
export function mergeRedraft({ history, drafted, about, seed }: RedraftInput): Sop {
  const was = history.at(-1)?.sop;
  if (was === undefined) return drafted;
  const authorship = authorshipOf(history);
  const offers: Offer[] = [];
  const asked = new Set(about ?? []);
  const inPart = new Map<string, string>(
    itemParts.flatMap((part) => was[part].map(({ id }): [string, string] => [id, part])),
  );
  const may = (name: string): boolean => about === null || asked.has(name) || asked.has(inPart.get(name) ?? '');
  const said: Said = { authorship, may, offer: offersInto(offers, { authorship, seed }) };

  const steps = mergedList('steps', was.steps, drafted.steps, ['action', 'where', 'expected', 'screenshot'], said, {
    keepOrder: authorship.movedSteps || (about !== null && !asked.has('steps')),
    mayAdd: (_, after) => may('steps') || (after !== undefined && may(after)),
  });
  const finalStep = new Set(steps.items.map(({ id }) => id));
  const stepOf = (id: string | null): string | null => {
    const final = id === null ? null : (steps.ids.get(id) ?? id);
    return final !== null && finalStep.has(final) ? final : null;
  };
  const drawn = drafted.decisionPoints.map((point) => ({ ...point, stepId: stepOf(point.stepId) }));
  const points = mergedList('decisionPoints', was.decisionPoints, drawn, ['question', 'stepId'], said, {
    keepOrder: true,
    mayAdd: (item) => may('decisionPoints') || (item.stepId !== null && asked.has(item.stepId)),
  });
  const finalPoint = new Set(points.items.map(({ id }) => id));
  const pointOf = (id: string | null): string | null => {
    const final = id === null ? null : (points.ids.get(id) ?? id);
    return final !== null && finalPoint.has(final) ? final : null;
  };
  const told = drafted.exceptions.map((item) => ({ ...item, decisionPointId: pointOf(item.decisionPointId) }));
  const exceptions = mergedList('exceptions', was.exceptions, told, ['when', 'then', 'decisionPointId'], said, {
    keepOrder: true,
    mayAdd: (item) => may('exceptions') || (item.decisionPointId !== null && asked.has(item.decisionPointId)),
  });
  const there = new Set([...finalStep, ...finalPoint, ...exceptions.items.map(({ id }) => id)]);
  const waiting = was.offers.filter(
    (offer) =>
      (offer.item === null || there.has(offer.item)) &&
      !offers.some(
        (other) => other.item === offer.item && Object.keys(offer.fields).some((key) => key in other.fields),
      ),
  );
  return sopSchema.parse({
    ...was,
    ...pageOf(was, drafted, said),
    steps: steps.items,
    decisionPoints: points.items.map((point) => ({ ...point, stepId: stepOf(point.stepId) })),
    exceptions: exceptions.items.map((item) => ({ ...item, decisionPointId: pointOf(item.decisionPointId) })),
    ownSections: sectionsOf(was, drafted, said),
    offers: [...waiting, ...offers].slice(0, 300),
  });
}
