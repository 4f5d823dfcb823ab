import type { SopReview, RunThrough, Tick } from '../../api/contract/index.js';
import { when } from '../shared/dates.js';

export type StepStanding = {
  id: string;
  number: number;
  action: string;
  digest: string;
  /** What stands beside it now. */
  mark: 'met' | 'as-written' | 'differed' | 'exception' | 'open';
  words: string;
  /** Nothing more is asked of it in this run-through. */
  settled: boolean;
};

/** This person's run-through that is not finished yet, if there is one. */
export function unfinished(review: SopReview, me: string): RunThrough | undefined {
  return review.runThroughs.find((through) => through.person.id === me && through.finishedAt === undefined);
}

const resultWords = { 'as-written': 'as written', differed: 'differed', exception: 'exception' } as const;

function ofTick(tick: Tick): Pick<StepStanding, 'mark' | 'words' | 'settled'> {
  if (!tick.current) return { mark: 'open', words: 'edited since, so once more', settled: false };
  const note = tick.note === '' ? '' : `: ${tick.note}`;
  return { mark: tick.result, words: `${resultWords[tick.result]}${note}`, settled: true };
}

/** Every step with what this run-through, or an earlier one, says of it. */
export function standings(review: SopReview, through: RunThrough | undefined): StepStanding[] {
  const ran = new Set(review.runThroughs.flatMap((other) => other.ticks.map((tick) => tick.step)));
  return review.draft.steps.map((step, index) => {
    const requirement = review.requirements.find((item) => item.key === `run-through:${step.id}`);
    const row = { id: step.id, number: index + 1, action: step.action, digest: requirement?.valueDigest ?? '' };
    const tick = through?.ticks.find((item) => item.step === step.id);
    if (tick) return { ...row, ...ofTick(tick) };
    if (requirement?.fulfilled)
      return {
        ...row,
        mark: 'met',
        words: `as written${requirement.at ? `, kept from ${when(requirement.at)}` : ''}`,
        settled: true,
      };
    return { ...row, mark: 'open', words: ran.has(step.id) ? 'once more' : '', settled: false };
  });
}
