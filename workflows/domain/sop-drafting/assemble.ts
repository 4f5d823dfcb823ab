import { sha256Hex } from '../canonical.js';
import { visibleOnly } from '../invisible.js';
import { findQuote, quoteIndex, type QuoteIndex } from '../quotes.js';
import type { Transcript } from '../transcript.js';
import {
  sopSchema,
  type DecisionPoint,
  type Moment,
  type OwnSection,
  type Sop,
  type SopCandidate,
  type SopException,
  type Step,
} from './schema.js';
import { ownSectionKey, type SopTemplate } from './template.js';

export type AssembleInput = {
  candidate: SopCandidate;
  transcript: Transcript;
  /** Source ids of the screenshots, in the order in which the drafter was given them. */
  screenshots: readonly string[];
  /** The version being redrafted, whose ids unchanged items keep; null in a first draft. */
  previous: Sop | null;
  /** The team's format as it is now. */
  template: SopTemplate;
  /** What new ids are made from: the same seed gives the same ids. */
  seed: string;
};

const clean = (text: string): string => visibleOnly(text).text.trim();

type Candidates = { id: string; key: string; place: string }[];

/** Gives ids: that of the same item in the previous version where there is one, else one made from the seed. */
class Ids {
  readonly #used = new Set<string>();

  constructor(
    readonly seed: string,
    readonly letter: string,
    readonly known: Candidates,
  ) {}

  #take(fits: (item: Candidates[number]) => boolean): string | undefined {
    const id = this.known.find((item) => !this.#used.has(item.id) && fits(item))?.id;
    if (id !== undefined) this.#used.add(id);
    return id;
  }

  same(key: string): string | undefined {
    return this.#take((item) => item.key === key);
  }

  /** An item said at the same place is the same item, rewritten. */
  rewritten(place: string): string | undefined {
    return place === '' ? undefined : this.#take((item) => item.place === place);
  }

  make(position: number): string {
    for (let n = 0; ; n += 1) {
      const id = `${this.letter}-${sha256Hex(`${this.seed}:${this.letter}:${position}:${n}`).slice(0, 8)}`;
      if (!this.#used.has(id) && !this.known.some((item) => item.id === id)) {
        this.#used.add(id);
        return id;
      }
    }
  }
}

function withIds<T>(
  items: readonly T[],
  ids: Ids,
  keyOf: (item: T) => string,
  placeOf: (item: T) => string,
): (T & { id: string })[] {
  const same = items.map((item) => ids.same(keyOf(item)));
  const known = items.map((item, at) => same[at] ?? ids.rewritten(placeOf(item)));
  return items.map((item, at) => ({ ...item, id: known[at] ?? ids.make(at) }));
}

function momentOf(index: QuoteIndex, quote: string | null, from: number): Moment | null {
  return (quote === null ? undefined : findQuote(index, quote, from)) ?? null;
}

const placeOf = ({ moment }: { moment: Moment | null }): string =>
  moment === null ? '' : `${moment.cue}:${moment.quote.toLowerCase()}`;
const stepKey = (step: Omit<Step, 'id'>): string => JSON.stringify([step.action, step.where, step.expected]);
const exceptionKey = (item: Omit<SopException, 'id'>): string => JSON.stringify([item.when, item.then]);

function stepsOf(input: AssembleInput, index: QuoteIndex): { step: Step; number: number }[] {
  let at = 0;
  const kept = input.candidate.steps.flatMap((step, position) => {
    const action = clean(step.action);
    if (action === '') return [];
    const moment = momentOf(index, step.quote, at);
    if (moment !== null) at = moment.cue;
    const screenshot = step.screenshot === null ? null : (input.screenshots[step.screenshot - 1] ?? null);
    return [
      {
        number: position + 1,
        item: { action, where: clean(step.where), expected: clean(step.expected), screenshot, moment },
      },
    ];
  });
  const previous = input.previous?.steps ?? [];
  const ids = new Ids(
    input.seed,
    's',
    previous.map((step) => ({ id: step.id, key: stepKey(step), place: placeOf(step) })),
  );
  const steps = withIds(
    kept.map(({ item }) => item),
    ids,
    stepKey,
    placeOf,
  );
  return steps.map((step, position) => ({ step, number: kept[position]?.number ?? 0 }));
}

function decisionPointsOf(
  input: AssembleInput,
  stepIds: ReadonlyMap<number, string>,
): { point: DecisionPoint; number: number }[] {
  const kept = input.candidate.decisionPoints.flatMap((point, position) => {
    const question = clean(point.question);
    const stepId = point.step === null ? null : (stepIds.get(point.step) ?? null);
    return question === '' ? [] : [{ number: position + 1, item: { question, stepId } }];
  });
  const previous = input.previous?.decisionPoints ?? [];
  const ids = new Ids(
    input.seed,
    'd',
    previous.map(({ id, question }) => ({ id, key: question, place: '' })),
  );
  const points = withIds(
    kept.map(({ item }) => item),
    ids,
    (item) => item.question,
    () => '',
  );
  return points.map((point, position) => ({ point, number: kept[position]?.number ?? 0 }));
}

function exceptionsOf(input: AssembleInput, index: QuoteIndex, pointIds: ReadonlyMap<number, string>): SopException[] {
  const kept = input.candidate.exceptions.flatMap((item) => {
    const when = clean(item.when);
    const decisionPointId = item.decisionPoint === null ? null : (pointIds.get(item.decisionPoint) ?? null);
    return when === ''
      ? []
      : [{ when, then: clean(item.then), decisionPointId, moment: momentOf(index, item.quote, 0), met: null }];
  });
  const previous = input.previous?.exceptions ?? [];
  const ids = new Ids(
    input.seed,
    'e',
    previous.map((item) => ({ id: item.id, key: exceptionKey(item), place: placeOf(item) })),
  );
  return withIds(kept, ids, exceptionKey, placeOf);
}

function ownSectionsOf(candidate: SopCandidate, template: SopTemplate): OwnSection[] {
  return template.sections.flatMap(({ key, name }) => {
    if (!ownSectionKey.test(key)) return [];
    const said = candidate.ownSections.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const text = clean(said?.text ?? '');
    return text === '' ? [] : [{ key, text }];
  });
}

/**
 * The draft SOP that a drafter's candidate makes. Total: any candidate of the schema gives a valid SOP.
 * Quotes are looked up in the transcript; one that is not there leaves the item "inferred". Numbers that
 * point at nothing point at nothing. What nobody can see in the drafter's words is taken out.
 */
export function assembleSop(input: AssembleInput): Sop {
  const { candidate, template } = input;
  const index = quoteIndex(input.transcript.cues);
  const steps = stepsOf(input, index);
  const points = decisionPointsOf(input, new Map(steps.map(({ step, number }) => [number, step.id])));
  const lines = (items: readonly string[]): string[] => [...new Set(items.map(clean))].filter((item) => item !== '');
  return sopSchema.parse({
    title: clean(candidate.title) || 'Untitled SOP',
    purpose: clean(candidate.purpose),
    scope: clean(candidate.scope),
    owner: clean(candidate.owner),
    approver: clean(candidate.approver),
    systemsOfRecord: lines(candidate.systemsOfRecord),
    prerequisites: lines(candidate.prerequisites),
    steps: steps.map(({ step }) => step),
    decisionPoints: points.map(({ point }) => point),
    exceptions: exceptionsOf(input, index, new Map(points.map(({ point, number }) => [number, point.id]))),
    ownSections: ownSectionsOf(candidate, template),
    revision: '',
    template,
    offers: [],
  });
}

/** An SOP in the form that a drafter returns: numbers instead of ids, quotes instead of moments. */
export function candidateOf(sop: Sop, screenshots: readonly string[]): SopCandidate {
  const nameOf = new Map(sop.template.sections.map(({ key, name }): [string, string] => [key, name]));
  const numberIn = (ids: readonly string[], id: string | null): number | null => {
    const at = id === null ? -1 : ids.indexOf(id);
    return at < 0 ? null : at + 1;
  };
  const stepIds = sop.steps.map((step) => step.id);
  const pointIds = sop.decisionPoints.map((point) => point.id);
  return {
    title: sop.title,
    purpose: sop.purpose,
    scope: sop.scope,
    owner: sop.owner,
    approver: sop.approver,
    systemsOfRecord: sop.systemsOfRecord,
    prerequisites: sop.prerequisites,
    steps: sop.steps.map(({ action, where, expected, screenshot, moment }) => ({
      action,
      where,
      expected,
      screenshot: numberIn(screenshots, screenshot),
      quote: moment?.quote ?? null,
    })),
    decisionPoints: sop.decisionPoints.map(({ question, stepId }) => ({ question, step: numberIn(stepIds, stepId) })),
    exceptions: sop.exceptions.map(({ when, then, decisionPointId, moment }) => ({
      when,
      then,
      decisionPoint: numberIn(pointIds, decisionPointId),
      quote: moment?.quote ?? null,
    })),
    ownSections: sop.ownSections.flatMap(({ key, text }) => {
      const name = nameOf.get(key);
      return name === undefined ? [] : [{ name, text }];
    }),
  };
}
