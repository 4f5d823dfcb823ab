import { canonicalJson } from '../canonical.js';
import { grouped } from '../grouped.js';
import { wilson95 } from '../wilson.js';
import { fieldKeys, type Contract, type ContractField, type FieldKey } from './schema.js';

/** A drafter's first version of a run, and what was published of it. */
export type DraftedAndPublished = {
  drafter: string;
  model: string | null;
  promptVersion: string | null;
  drafted: Contract;
  published: Contract;
};

/** Below so many contracts a rate says nothing. */
export const enoughContracts = 5;

export type FieldErrors = {
  field: FieldKey;
  /** Answer or value was another one when it was published. */
  wrong: number;
  /** Among the wrong: the drafter claimed nothing, and said so. */
  leftOpen: number;
  /** Absent where there are too few contracts. */
  rate?: { share: number; low: number; high: number };
};
export type DrafterErrors = Pick<DraftedAndPublished, 'drafter' | 'model' | 'promptVersion'> & {
  n: number;
  fields: FieldErrors[];
};

const answerOf = ({ answer, value }: ContractField) => canonicalJson({ answer, value });

function errorsOf(field: FieldKey, pairs: readonly DraftedAndPublished[]): FieldErrors {
  const changed = pairs.filter((one) => answerOf(one.drafted.fields[field]) !== answerOf(one.published.fields[field]));
  const wrong = changed.length;
  const leftOpen = changed.filter((one) => one.drafted.fields[field].answer === 'open').length;
  const n = pairs.length;
  if (n < enoughContracts) return { field, wrong, leftOpen };
  return { field, wrong, leftOpen, rate: { share: wrong / n, ...wilson95(wrong, n) } };
}

/** How often each point of a first draft was changed before it was published, for each drafter, model and prompt version. */
export function draftErrors(pairs: readonly DraftedAndPublished[]): DrafterErrors[] {
  const groups = grouped(pairs, ({ drafter, model, promptVersion }) => JSON.stringify([drafter, model, promptVersion]));
  return groups
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { drafter, model, promptVersion } = first;
      const fields = fieldKeys.map((field) => errorsOf(field, group));
      return [{ drafter, model, promptVersion, n: group.length, fields }];
    })
    .toSorted((a, b) => b.n - a.n || a.drafter.localeCompare(b.drafter));
}
