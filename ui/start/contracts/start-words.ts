import { count, list } from '../../shared/words.js';
import { isUnlisted, type Row } from './rows.js';

/** What the Start button says it would do, and whether it can. */
export function startWords(next: readonly Row[], trouble: string | undefined): { ready: boolean; words: string } {
  if (next.length === 0) return { ready: false, words: 'Start: contracts first' };
  if (trouble !== undefined) return { ready: false, words: trouble };
  const zips = next.filter(isUnlisted).length;
  const contracts = next.filter((row) => row.amends === undefined).length - zips;
  const amendments = next.filter((row) => row.amends !== undefined).length;
  const words = [
    ...(contracts > 0 ? [`start ${count(contracts, 'contract')}`] : []),
    ...(contracts === 0 && amendments > 0 ? [`send ${count(amendments, 'amendment')}`] : []),
    ...(zips > 0 ? [`unpack ${count(zips, 'ZIP')}`] : []),
  ];
  const sentence = list(words);
  return { ready: true, words: sentence.charAt(0).toUpperCase() + sentence.slice(1) };
}
