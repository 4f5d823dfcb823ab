import { diffArrays } from 'diff';
import { contractSchema, fieldKeys, type Contract } from './contract-summary/schema.js';
import { valueInWords } from './contract-summary/values.js';
import { letterSchema, type Letter } from './notice-letter/schema.js';
import { sopSchema, type Sop } from './sop-drafting/schema.js';
import type { TrackKey } from './tracks.js';

function sopTexts(sop: Sop): string[] {
  return [
    sop.title,
    sop.purpose,
    sop.scope,
    sop.owner,
    sop.approver,
    ...sop.systemsOfRecord,
    ...sop.prerequisites,
    ...sop.steps.flatMap((step) => [step.action, step.where, step.expected]),
    ...sop.decisionPoints.map((point) => point.question),
    ...sop.exceptions.flatMap((item) => [item.when, item.then]),
  ];
}

function contractTexts({ title, vendor, fields, unusual }: Contract): string[] {
  return [
    title,
    vendor,
    ...fieldKeys.map((key) => {
      const { answer, value } = fields[key];
      return value === null ? answer : valueInWords(value);
    }),
    ...unusual.map((clause) => clause.title),
  ];
}

function letterTexts({ sender, addressee, day, subject, paragraphs, signatory }: Letter): string[] {
  return [sender, ...addressee, day, subject, ...paragraphs, signatory];
}

/** A draft's own words, in the order in which they are read; ids and quotes of the sources are no words of the draft. */
const textsOf: Record<TrackKey, (payload: unknown) => string[]> = {
  'sop-drafting': (payload) => sopTexts(sopSchema.parse(payload)),
  'contract-summary': (payload) => contractTexts(contractSchema.parse(payload)),
  'notice-letter': (payload) => letterTexts(letterSchema.parse(payload)),
};

function wordsOf(track: TrackKey, payload: string): string[] {
  return textsOf[track](JSON.parse(payload)).flatMap((text) => text.split(/\s+/).filter((word) => word !== ''));
}

/** How an approval is counted: as drafted, or with edits and the share of the drafter's words that stayed. */
export type Kept = { outcome: 'as-drafted' | 'with-edits'; keptShare: string };

/**
 * Compares the version approved with the drafter's last one, word by word in order. A share is written with
 * four decimals and never rounded up to 1; a draft without words counts as kept whole.
 */
export function keptShare(track: TrackKey, drafted: string, approved: string): Kept {
  if (drafted === approved) return { outcome: 'as-drafted', keptShare: '1' };
  const before = wordsOf(track, drafted);
  if (before.length === 0) return { outcome: 'with-edits', keptShare: '1' };
  const kept = diffArrays(before, wordsOf(track, approved))
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, part) => sum + part.value.length, 0);
  const share = kept / before.length;
  return { outcome: 'with-edits', keptShare: share === 1 ? '1' : (Math.floor(share * 10_000) / 10_000).toString() };
}
