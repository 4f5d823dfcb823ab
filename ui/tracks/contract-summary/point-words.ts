import type { Requirement } from '../../../api/contract/index.js';
import { placedQuotes, type ContractField, type Other } from '../../../workflows/domain/contract-summary/schema.js';
import { dayInWords } from '../../../workflows/domain/contract-summary/civil-day.js';
import { valueInWords } from '../../../workflows/domain/contract-summary/values.js';
import { when } from '../../shared/dates.js';
import { firstName } from '../../shared/person.js';
import type { Mark } from '../../shared/state-mark.js';

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** What the one-pager says on a point. */
export function saysWords({ answer, value }: ContractField): string {
  if (answer === 'open') return 'Not settled';
  if (answer === 'absent' || value === null) return 'The contract says nothing on this';
  return upper(valueInWords(value));
}

/** The value as the button says it: “90 days”, “31 March 2027”. */
export function shortValue({ answer, value }: ContractField): string {
  if (answer === 'absent' || value === null) return 'that it says nothing';
  switch (value.is) {
    case 'window': {
      const unit = value.unit.replace('calendar-', '').replace('-', ' ');
      return `${value.strictly ? 'more than ' : ''}${String(value.count)} ${value.count === 1 ? unit.replace(/s$/, '') : unit}`;
    }
    case 'renewal-day':
    case 'date':
      return dayInWords(value.day);
    case 'perpetual':
      return 'no fixed end';
    case 'parties':
    case 'term':
    case 'renewal':
    case 'money':
    case 'words':
      return '';
  }
}

/** The mark of a point and its words. */
export function stateOf(at: ContractField, requirement: Requirement | undefined): { mark: Mark; words: string } {
  if (requirement?.fulfilled === true && requirement.by !== undefined)
    return {
      mark: 'confirmed',
      words: `${firstName(requirement.by.name)} ${requirement.at === undefined ? '' : when(requirement.at)}`.trim(),
    };
  if (at.quotes.some(({ state }) => state === 'not-found')) return { mark: 'not-found', words: 'Not found' };
  if (at.answer === 'open') return { mark: 'open', words: 'Not settled' };
  if (at.by === 'person' && requirement === undefined) return { mark: 'confirmed', words: 'Set by a person' };
  if (at.answer === 'absent') return { mark: 'proposed', words: 'Proposed' };
  const [first] = placedQuotes(at.quotes);
  if (first === undefined) return { mark: 'proposed', words: 'Proposed' };
  return first.state === 'drifted' ? { mark: 'drifted', words: 'Drifted' } : { mark: 'verified', words: 'Verified' };
}

const who: Record<Other['by'], string> = {
  rules: 'The rules read',
  contract: 'The contract says',
  amendment: 'The amendment says',
  passage: 'It may be said here:',
};

/** “The rules read 60 days”. */
export function otherWords({ by, value, quote, dated }: Other): string {
  const what = value === null ? `“${quote.text.replace(/\s+/g, ' ').trim().slice(0, 140)}”` : valueInWords(value);
  return `${who[by]} ${what}${dated === null || by === 'rules' || by === 'passage' ? '' : `, dated ${dayInWords(dated)}`}`;
}

/** How a text was kept from readers, in plain words. */
export const hidingWords: Record<string, string> = {
  'not-drawn': 'drawn without ink',
  'background-colour': 'in the colour of the paper',
  tiny: 'too small to read',
  'off-page': 'outside the page',
  covered: 'under something else',
  deleted: 'a tracked deletion',
  comment: 'in a comment',
  'marked-hidden': 'marked as hidden text',
  'invisible-characters': 'in characters without a shape',
};

/** What the button says: “Confirm 90 days”. */
export function confirmWords(at: ContractField): string {
  const value = shortValue(at);
  return value === '' ? 'Confirm' : `Confirm ${value}`;
}
