import type { CivilDay } from '../contract-summary/civil-day.js';
import type { GivenDocument } from '../contract-summary/documents.js';
import { currentNoticeDay } from '../contract-summary/notice-day.js';
import { placedQuotes, type Contract } from '../contract-summary/schema.js';
import { mannerOfNotice } from './manner.js';
import { letterFactsSchema, type LetterFacts, type LetterInput } from './schema.js';

/** An approved one-pager: which version is in force, and what its documents say. */
export type ApprovedContract = {
  run: string;
  version: number;
  contract: Contract;
  /** Made up, for a first look: so is what is written from it. */
  sample: boolean;
  documents: readonly GivenDocument[];
};

/** Why no such letter can be written from that one-pager, in a sentence; undefined where it can. */
export function letterTrouble({ kind, endOn }: LetterInput, contract: Contract, today: CivilDay): string | undefined {
  if (kind === 'non-renewal' && endOn !== undefined)
    return 'A contract that is not renewed ends with its term. Leave the day out, or draft a termination.';
  const day = currentNoticeDay(contract, today);
  if (kind === 'non-renewal' && day.is === 'none' && day.why === 'no-end')
    return 'This contract names no end of its term, so nothing renews. Draft a termination.';
  if (endOn !== undefined && endOn < today) return 'That day is past. Choose the day on which the contract shall end.';
  return undefined;
}

/** What a letter stands on, from the approved one-pager and nothing else. Pure. */
export function letterFacts(input: LetterInput, approved: ApprovedContract, writtenOn: CivilDay): LetterFacts {
  const { contract, documents } = approved;
  const { fields, timeZone } = contract;
  const day = currentNoticeDay(contract, writtenOn);
  const clause = input.kind === 'termination' ? fields.termination : fields.noticeWindow;
  const effective = fields.effectiveDate.value;
  return letterFactsSchema.parse({
    kind: input.kind,
    contract: { run: approved.run, version: approved.version, title: contract.title },
    vendor: contract.vendor,
    effective: effective?.is === 'date' ? effective.day : null,
    timeZone,
    writtenOn,
    endOn: input.endOn ?? null,
    termEnds: day.is === 'open' ? null : day.ends,
    lastSafe: input.kind === 'non-renewal' && day.is === 'day' ? { day: day.last.day, steps: day.last.steps } : null,
    noticeClause: placedQuotes(clause.quotes)[0] ?? null,
    manner: mannerOfNotice(documents),
  });
}
