import { z } from 'zod';
import type { CivilDay } from '../contract-summary/civil-day.js';
import { placedQuoteSchema } from '../contract-summary/schema.js';
import { civilDay, line, text } from '../contract-summary/values.js';

export const letterKinds = ['non-renewal', 'termination'] as const;
export type LetterKind = (typeof letterKinds)[number];

export const kindWords: Record<LetterKind, string> = {
  'non-renewal': 'Notice of non-renewal',
  termination: 'Notice of termination',
};

/** What a run of the track is started with: the run of a published contract summary, and what the letter does. */
export const letterInputSchema = z.strictObject({
  contract: z.uuid(),
  kind: z.enum(letterKinds),
  /** The day on which the contract shall end; for a termination only. */
  endOn: civilDay.optional(),
});
export type LetterInput = z.infer<typeof letterInputSchema>;

/** What the letter stands on, taken by code from the approved one-pager and its documents. Nobody edits it. */
export const letterFactsSchema = z.strictObject({
  kind: z.enum(letterKinds),
  contract: z.strictObject({ run: z.uuid(), version: z.int().positive(), title: line(200) }),
  vendor: text(200),
  /** Since when the contract is in effect, where it says so. */
  effective: civilDay.nullable(),
  timeZone: line(64),
  /** The day on which it was drafted, in that time zone: a letter is not dated before it. */
  writtenOn: civilDay,
  /** The day that a person asked for. */
  endOn: civilDay.nullable(),
  /** When the running term ends. */
  termEnds: civilDay.nullable(),
  /** The last day on which notice for the running term is in time, with the arithmetic. */
  lastSafe: z.strictObject({ day: civilDay, steps: z.array(line(400)).min(1).max(12) }).nullable(),
  /** The clause that asks for the notice. */
  noticeClause: placedQuoteSchema.nullable(),
  /** Sentences of the contract on how notices are given. */
  manner: z.array(placedQuoteSchema).max(2),
});
export type LetterFacts = z.infer<typeof letterFactsSchema>;

export const paragraph = line(1_500);

/** A notice letter as stored and edited. Every text is plain text: it is escaped when rendered. */
export const letterSchema = z.strictObject({
  facts: letterFactsSchema,
  sender: text(200),
  addressee: z.array(line(200)).max(8),
  day: civilDay,
  subject: line(240),
  paragraphs: z.array(paragraph).min(1).max(12),
  /** Who wrote the paragraphs last. */
  wordsBy: z.enum(['drafter', 'person']),
  signatory: text(200),
});
export type Letter = z.infer<typeof letterSchema>;

/** What a drafter gives: the paragraphs between salutation and closing. */
export const letterCandidateSchema = z.strictObject({ paragraphs: z.array(paragraph).min(1).max(8) });
export type LetterCandidate = z.infer<typeof letterCandidateSchema>;

/** The day on which the contract ends by this letter, where it is known. */
export function endDay({ kind, endOn, termEnds }: LetterFacts): CivilDay | null {
  return kind === 'termination' ? endOn : termEnds;
}

/** True where the last safe day is past on the letter's own day. Days compare as they are written. */
export function isLate({ facts, day }: Pick<Letter, 'facts' | 'day'>): boolean {
  return facts.lastSafe !== null && day > facts.lastSafe.day;
}
