import type { Extraction } from '../../workflows/domain/contract-summary/extraction/extract.js';
import type { Presence } from '../../workflows/domain/contract-summary/extraction/presence.js';
import { durationsIn, roughDays } from '../../workflows/domain/contract-summary/extraction/durations.js';
import { daysBetween } from '../../workflows/domain/contract-summary/civil-day.js';
import { clauses, type Clause } from './contract-data.js';
import type { Prepared } from './contract-training.js';

/** The least recall in the first three that issue 5 asks for, and the accuracy of the value. */
const aims: Record<Clause, { recallAt3: number; normalised?: number }> = {
  'Renewal Term': { recallAt3: 0.96 },
  'Notice Period To Terminate Renewal': { recallAt3: 0.96, normalised: 0.9 },
  'Expiration Date': { recallAt3: 0.95, normalised: 0.8 },
  'Agreement Date': { recallAt3: 0.92, normalised: 0.8 },
  'Effective Date': { recallAt3: 0.92 },
  'Cap On Liability': { recallAt3: 0.92 },
  'Termination For Convenience': { recallAt3: 0.93 },
  'Governing Law': { recallAt3: 0.99 },
};
const mostFalsePresence = 0.1;
const mostPossible = 0.25;

export type Share = { share: number | null; of: number; wilson95: [number, number] | null };

/** A share with its Wilson interval at 95 %. */
export function share(part: number, of: number): Share {
  if (of === 0) return { share: null, of, wilson95: null };
  const z = 1.959964;
  const p = part / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return { share: p, of, wilson95: [Math.max(0, middle - half), Math.min(1, middle + half)] };
}

export type Judged = { has: boolean; presence: Presence; offered: boolean[]; normalised: boolean | undefined };

/** 1/13/05 as 2005-01-13; undefined where a part is blank. */
function answerDay(answer: string | null | undefined): string | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec((answer ?? '').trim()) ?? [];
  if (month === undefined || day === undefined || year === undefined) return undefined;
  const full = year.length === 4 ? year : `${Number(year) > 60 ? '19' : '20'}${year}`;
  return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Whether the value is right; undefined where the labelled answer is no whole date and no length of time. */
function rightValue(clause: Clause, answer: string | null | undefined, { value }: Extraction['renewal']) {
  if (clause === 'Notice Period To Terminate Renewal') {
    const wanted = durationsIn((answer ?? '').toLowerCase())[0]?.duration;
    if (wanted === undefined) return undefined;
    return value?.is === 'duration' && roughDays(value.duration) === roughDays(wanted);
  }
  if (!['Agreement Date', 'Effective Date', 'Expiration Date'].includes(clause)) return undefined;
  const wanted = answerDay(answer);
  if (wanted === undefined) return undefined;
  // A year from 1 January ends on 31 December or on 1 January: the labels have both, so a day's difference is right.
  return value?.is === 'date' && Math.abs(daysBetween(value.day, wanted)) <= (clause === 'Expiration Date' ? 1 : 0);
}

/** What an extraction says of a clause, beside what the labels say. */
export function judged(contract: Prepared, clause: Clause, found: Extraction): Judged {
  const labels = contract.labels[clause] ?? [];
  const finding = found[clauses[clause]];
  const covers = (one: { start: number; end: number }) =>
    labels.some(({ start, end }) => 2 * (Math.min(one.end, end) - Math.max(one.start, start)) >= end - start);
  return {
    has: labels.length > 0,
    presence: finding.presence,
    offered: finding.passages.map(covers),
    normalised: rightValue(clause, contract.answers[clause], finding),
  };
}

/** The figures of a clause over all contracts. */
export function figuresOf(clause: Clause, all: readonly Judged[]) {
  const having = all.filter(({ has }) => has);
  const lacking = all.filter(({ has }) => !has);
  const among = (some: readonly Judged[], ...said: Presence[]) =>
    share(some.filter(({ presence }) => said.includes(presence)).length, some.length);
  const within = (first: number, ...said: Presence[]) =>
    share(
      having.filter(({ presence, offered }) => said.includes(presence) && offered.slice(0, first).includes(true))
        .length,
      having.length,
    );
  const answerable = all.filter(({ normalised }) => normalised !== undefined);
  const right = (...said: Presence[]) =>
    share(
      answerable.filter(({ presence, normalised }) => said.includes(presence) && normalised === true).length,
      answerable.length,
    );
  return {
    contracts: having.length,
    recallAt1: within(1, 'present', 'possible'),
    recallAt3: within(3, 'present', 'possible'),
    offeredAt3: within(3, 'present', 'possible', 'absent'),
    falsePresence: among(lacking, 'present'),
    falseAbsence: among(having, 'absent'),
    normalised: right('present', 'possible'),
    /** What is left to a person, neither presence nor absence being claimed. */
    possible: { withClause: among(having, 'possible'), withoutClause: among(lacking, 'possible') },
    possibleShare: among(all, 'possible'),
    /** Without the answer between: once read as absence (the decision as it was with two answers), once as presence. */
    recallAt3Forced: within(3, 'present'),
    normalisedForced: right('present'),
    falsePresenceForced: among(lacking, 'present', 'possible'),
    aims: { ...aims[clause], falsePresence: mostFalsePresence, possibleShare: mostPossible },
  };
}

/** A share with its interval, how many it is of, and whether it reaches its aim. */
export const shown = ({ share: value, of, wilson95 }: Share, aim?: number, most = false): string => {
  if (value === null || wilson95 === null) return '-';
  const [low, high] = wilson95;
  const met =
    aim === undefined
      ? ''
      : ` (aim ${most ? '<=' : '>='} ${aim.toFixed(2)}${(most ? value <= aim : value >= aim) ? '' : ', missed'})`;
  return `${value.toFixed(3)} [${low.toFixed(2)}-${high.toFixed(2)}] n=${String(of)}${met}`;
};
