import { z } from 'zod';
import { stepSchema } from './schema.js';

const count = z.int().min(0);
const moment = z.iso.datetime({ offset: true });

/** The words of a step without its place: what somebody read while running it. */
export const stepWordsSchema = stepSchema.pick({ action: true, where: true, expected: true, screenshot: true });
export type StepWords = z.infer<typeof stepWordsSchema>;

/** A step as run in a finished, recorded run-through: who met it, under which digest. */
export const runStepSchema = z.strictObject({
  step: z.string(),
  stepDigest: z.string(),
  runThroughId: z.uuid(),
  person: z.string().min(1),
  finishedAt: moment,
  /** Time spent at the whole run-through, pauses left out. */
  activeMs: count,
  /** The version that was on the page when it began. */
  version: z.int().positive(),
  /** Into how many recordings it fell; absent for one. */
  parts: z.int().min(2).optional(),
});
export type RunStep = z.infer<typeof runStepSchema>;

/** Where a finished run-through did not go as written. */
export const observationSchema = z.strictObject({
  id: z.uuid(),
  runThroughId: z.uuid(),
  step: z.string(),
  /** What was read then; null where that cannot be told any more. */
  written: stepWordsSchema.nullable(),
  result: z.enum(['differed', 'exception']),
  /** What came up; empty where it was not said. */
  cameUp: z.string(),
  /** What really happened, or what to do then. */
  note: z.string(),
  person: z.string().min(1),
  at: moment,
});
export type Observation = z.infer<typeof observationSchema>;

/** A version of this SOP that was published before. */
export const revisionFactSchema = z.strictObject({
  version: z.int().positive(),
  publishedAt: moment,
  approvedBy: z.string().min(1),
  note: z.string(),
});
export type RevisionFact = z.infer<typeof revisionFactSchema>;

/** What the record knows about an SOP besides its words. Part of what is published and of what is asked. */
export const sopFactsSchema = z.strictObject({
  /** Every step that a run-through ever met; what still stands is found by digest. */
  ran: z.array(runStepSchema),
  observations: z.array(observationSchema),
  /** Oldest first. */
  revisions: z.array(revisionFactSchema),
  /** Names of the active members. */
  roster: z.array(z.string()),
});
export type SopFacts = z.infer<typeof sopFactsSchema>;

export const noFacts: SopFacts = { ran: [], observations: [], revisions: [], roster: [] };
