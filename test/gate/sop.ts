import { storeDrafterDraft } from '../../activities/prepare.js';
import { canonicalJson } from '../../workflows/domain/canonical.js';
import { sopSchema, type Sop } from '../../workflows/domain/sop-drafting/schema.js';
import type { DraftAnswer, DraftRequest } from '../../workflows/gate/standing.js';
import type { House } from './house.js';

/** A small SOP whose first step says `action`. */
export function sopPayload(action: string): Sop {
  const step = (id: string, words: string) => ({
    id,
    action: words,
    where: '',
    expected: 'It is done.',
    screenshot: null,
    moment: null,
  });
  return sopSchema.parse({
    title: 'Closing the till',
    purpose: '',
    scope: '',
    owner: '',
    approver: '',
    systemsOfRecord: [],
    prerequisites: [],
    steps: [step('s-00000001', action), step('s-00000002', 'Lock the drawer.')],
    decisionPoints: [],
    exceptions: [],
  });
}

/** A drafter of a test's own, which stores through the same door as every drafter. */
export function drafting(house: House, before: (round: number) => Promise<void> = async () => undefined) {
  const draftSop = async ({ run, round }: DraftRequest): Promise<DraftAnswer> => {
    await before(round);
    const payload = canonicalJson(sopPayload(`Count the notes, round ${round}.`));
    const made = { run, round, payload, drafter: { drafter: 'rules' } };
    await storeDrafterDraft({ db: house.worker, data: house.data }, made);
    return { outcome: 'stored' };
  };
  return { draftSop };
}
