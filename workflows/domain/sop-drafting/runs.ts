import type { RunStep } from './facts.js';
import { stepDigest } from './requirements.js';
import type { Sop } from './schema.js';

/** A run-through that stands on this version, with the numbers of the steps whose tick still counts. */
export type StandingRun = Omit<RunStep, 'step' | 'stepDigest'> & { steps: number[] };

/** The run-throughs that stand on an SOP as it is written now, in the order in which they ended. */
export function standingRuns(sop: Sop, ran: readonly RunStep[]): StandingRun[] {
  const runs = new Map<string, StandingRun>();
  sop.steps.forEach((step, index) => {
    const digest = stepDigest(step, sop.steps[index - 1]?.id ?? null);
    // Where two people ran the same step, the first met it, as in the record.
    const by = ran.find((one) => one.step === step.id && one.stepDigest === digest);
    if (by === undefined) return;
    const { step: _step, stepDigest: _digest, ...rest } = by;
    const run = runs.get(by.runThroughId) ?? { ...rest, steps: [] };
    run.steps.push(index + 1);
    runs.set(by.runThroughId, run);
  });
  return [...runs.values()].sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
}
