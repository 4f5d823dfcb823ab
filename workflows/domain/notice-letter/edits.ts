import { z } from 'zod';
import { dayInWords } from '../contract-summary/civil-day.js';
import { Refusal } from '../errors.js';
import { letterSchema, paragraph, type Letter } from './schema.js';

const { sender, addressee, day, subject, signatory } = letterSchema.shape;

/** One change that a person makes to a letter. What it stands on cannot be edited: it comes from the approved summary. */
export const letterEditSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('set-sender'), sender }),
  z.strictObject({ op: z.literal('set-addressee'), addressee }),
  z.strictObject({ op: z.literal('set-day'), day }),
  z.strictObject({ op: z.literal('set-subject'), subject }),
  z.strictObject({ op: z.literal('set-paragraphs'), paragraphs: z.array(paragraph).min(1).max(12) }),
  z.strictObject({ op: z.literal('set-signatory'), signatory }),
]);
export type LetterEdit = z.infer<typeof letterEditSchema>;

function apply(letter: Letter, edit: LetterEdit): Letter {
  switch (edit.op) {
    case 'set-sender':
      return { ...letter, sender: edit.sender };
    case 'set-addressee':
      return { ...letter, addressee: edit.addressee };
    case 'set-day':
      // Dated back, a late letter would look as if it were in time.
      if (edit.day < letter.facts.writtenOn)
        throw new Refusal(
          'invalid_request',
          `The letter was drafted on ${dayInWords(letter.facts.writtenOn)} and cannot be dated before that.`,
        );
      return { ...letter, day: edit.day };
    case 'set-subject':
      return { ...letter, subject: edit.subject };
    case 'set-paragraphs':
      return { ...letter, paragraphs: edit.paragraphs, wordsBy: 'person' };
    case 'set-signatory':
      return { ...letter, signatory: edit.signatory };
  }
}

/**
 * A person's edits in order.
 * @throws Refusal `invalid_request` naming what does not fit.
 */
export function applyLetterEdits(letter: Letter, edits: readonly LetterEdit[]): Letter {
  return letterSchema.parse(edits.reduce(apply, letter));
}
