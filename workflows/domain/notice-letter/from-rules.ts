import type { CivilDay } from '../contract-summary/civil-day.js';
import { dayInWords } from '../contract-summary/civil-day.js';
import { isLate, kindWords, type LetterCandidate, type LetterFacts } from './schema.js';

function whichAgreement({ contract, vendor, effective }: LetterFacts): string {
  const whose = vendor === '' ? '' : ` with ${vendor}`;
  const since = effective === null ? '' : `, in effect since ${dayInWords(effective)}`;
  return `the agreement “${contract.title}”${whose}${since}`;
}

function whenItEnds(facts: LetterFacts, day: CivilDay): string {
  const earliest = 'on the earliest day on which it can end under its terms';
  if (facts.kind === 'termination')
    return facts.endOn === null ? `It ends ${earliest}.` : `It ends on ${dayInWords(facts.endOn)}.`;
  if (facts.termEnds === null) return 'It ends with its current term and is not renewed.';
  const ends = dayInWords(facts.termEnds);
  if (isLate({ facts, day }))
    return `It ends on ${ends} or, where notice for that day is out of time, ${earliest} after that. It is not renewed.`;
  return `The current term ends on ${ends}. The agreement ends on that day and is not renewed.`;
}

/** The no-model drafter of notices: one fixed, courteous and unconditional text. */
export function letterByRules(facts: LetterFacts, day: CivilDay): LetterCandidate {
  const deed = facts.kind === 'termination' ? 'we terminate' : 'we do not renew';
  return {
    paragraphs: [
      `We give notice that ${deed} ${whichAgreement(facts)}.`,
      whenItEnds(facts, day),
      'Kindly confirm in writing that you have received this notice and the day on which the agreement ends.',
      'Thank you for the work done under this agreement.',
    ],
  };
}

/** What the letter is about, in one line. */
export function subjectLine({ kind, contract }: LetterFacts): string {
  return `${kindWords[kind]}: ${contract.title}`;
}

/** How a run is called that was given no title. */
export function letterTitle(kind: LetterFacts['kind'], vendor: string): string {
  return (vendor === '' ? kindWords[kind] : `${kindWords[kind]} to ${vendor}`).slice(0, 200).trim();
}
