import { z } from 'zod';
import { visibleOnly } from '../invisible.js';
import { firstTemplate, ownSectionKey, templateSchema } from './template.js';

/** Whoever wrote it, a text holds only what a reader sees: Postgres, the page and the published file get the same words. */
const written = () => z.string().overwrite((value) => visibleOnly(value).text);
const line = (max: number) => written().trim().min(1).max(max);
const text = (max: number) => written().trim().max(max);
const itemId = z.string().regex(/^[a-z]-[0-9a-f]{8}$/, 'An item id is a letter, a hyphen and eight hex digits.');

/** Where in the transcript something was said. `startMs` is null where the transcript has no times. */
export const momentSchema = z.strictObject({
  /** Index of the cue in the transcript, from 0. */
  cue: z.int().min(0),
  startMs: z.int().min(0).nullable(),
  /** The transcript's own words, found in it by code. */
  quote: written().min(1).max(2000),
});
export type Moment = z.infer<typeof momentSchema>;

export const stepSchema = z.strictObject({
  id: itemId,
  action: line(1000),
  where: text(300),
  expected: text(600),
  /** Source id of a screenshot, or null. */
  screenshot: z.uuid().nullable(),
  /** Null means: inferred, not in the recording. */
  moment: momentSchema.nullable(),
});
export type Step = z.infer<typeof stepSchema>;

export const decisionPointSchema = z.strictObject({ id: itemId, question: line(500), stepId: itemId.nullable() });
export const exceptionSchema = z.strictObject({
  id: itemId,
  when: line(500),
  /** What to do then. Empty where the walk-through does not say; it must be written before approval. */
  then: text(1000),
  decisionPointId: itemId.nullable(),
  moment: momentSchema.nullable(),
  /** The observation of a run-through in which it was met; null where nobody met it there. */
  met: z.uuid().nullable().default(null),
});
export type DecisionPoint = z.infer<typeof decisionPointSchema>;
export type SopException = z.infer<typeof exceptionSchema>;

/** What a person wrote under a section of the team's own. */
export const ownSectionSchema = z.strictObject({ key: z.string().regex(ownSectionKey), text: text(4000) });
export type OwnSection = z.infer<typeof ownSectionSchema>;

/**
 * Words that a drafter would put where a person's stand. The person's stay until somebody takes the offer;
 * nothing of it is published before.
 */
export const offerSchema = z.strictObject({
  id: itemId,
  /** The step, exception or decision point, or null for the fields of the page itself. */
  item: itemId.nullable(),
  fields: z.record(z.string().max(40), z.union([text(4000), z.array(line(500)).max(40)])),
});
export type Offer = z.infer<typeof offerSchema>;

/** A draft SOP as stored and edited. Every text is plain text: it is escaped when rendered. */
export const sopSchema = z.strictObject({
  title: line(200),
  purpose: text(2000),
  scope: text(1000),
  owner: text(200),
  approver: text(200),
  systemsOfRecord: z.array(line(200)).max(40),
  prerequisites: z.array(line(500)).max(40),
  steps: z.array(stepSchema).max(200),
  decisionPoints: z.array(decisionPointSchema).max(60),
  exceptions: z.array(exceptionSchema).max(100),
  ownSections: z.array(ownSectionSchema).max(20).default([]),
  /** What is new in this version, in a person's words: a line of the revision history. */
  revision: text(500).default(''),
  /** The team's format that this draft follows, as it stood then. */
  template: templateSchema.default(firstTemplate),
  offers: z.array(offerSchema).max(300).default([]),
});
export type Sop = z.infer<typeof sopSchema>;

/** What a drafter returns: the SOP without ids; quotes instead of positions, which code then looks up. */
export const sopCandidateSchema = z.strictObject({
  title: line(200),
  purpose: text(2000),
  scope: text(1000),
  owner: text(200),
  approver: text(200),
  systemsOfRecord: z.array(line(200)).max(40),
  prerequisites: z.array(line(500)).max(40),
  steps: z
    .array(
      z.strictObject({
        action: line(1000),
        where: text(300),
        expected: text(600),
        /** Number of the screenshot, from 1 in the order given, or null. */
        screenshot: z.int().min(1).nullable(),
        /** Words copied from the transcript that this step rests on, or null where it is inferred. */
        quote: written().max(2000).nullable(),
      }),
    )
    .max(200),
  decisionPoints: z
    .array(
      z.strictObject({
        question: line(500),
        /** Number of the step, from 1, or null. */ step: z.int().min(1).nullable(),
      }),
    )
    .max(60),
  exceptions: z
    .array(
      z.strictObject({
        when: line(500),
        then: text(1000),
        /** Number of the decision point, from 1, or null. */
        decisionPoint: z.int().min(1).nullable(),
        quote: written().max(2000).nullable(),
      }),
    )
    .max(100),
  /** The team's own sections, by the name in its format. */
  ownSections: z
    .array(z.strictObject({ name: line(80), text: text(4000) }))
    .max(20)
    .default([]),
});
export type SopCandidate = z.infer<typeof sopCandidateSchema>;

/** A draft that nobody has written yet, for a first version by hand. */
export const emptySop: Sop = sopSchema.parse({
  title: 'Untitled',
  purpose: '',
  scope: '',
  owner: '',
  approver: '',
  systemsOfRecord: [],
  prerequisites: [],
  steps: [],
  decisionPoints: [],
  exceptions: [],
});
