import type { LetterReview } from '../../../api/contract/index.js';
import { dayInWords } from '../../../workflows/domain/contract-summary/civil-day.js';
import type { Act, MissingRow } from '../../review/track-pages.js';
import { when } from '../../shared/dates.js';

type Asked = LetterReview['requirements'][number];

/** The first sentence stands out; what the contract says follows it. */
function split(label: string): { title: string; words?: string } {
  const end = label.search(/[.:] (?=[A-Z“])/);
  return end < 0 ? { title: label } : { title: label.slice(0, end + 1), words: label.slice(end + 2) };
}

const edits: Record<string, { label: string; at: string }> = {
  'letter:addressee': { label: 'Write whom it goes to', at: 'addressee' },
  'letter:sender': { label: 'Write whom it comes from', at: 'sender' },
  'letter:signatory': { label: 'Write who signs it', at: 'signatory' },
  'letter:words': { label: 'Change the words', at: 'paragraphs' },
  'letter:days': { label: 'Correct the words', at: 'paragraphs' },
};

function confirmWords(key: string, { draft }: LetterReview): string {
  const day = draft.facts.lastSafe?.day;
  switch (key) {
    case 'letter:by':
      return day === undefined ? 'Confirm that the date was checked' : `Confirm ${dayInWords(day)}`;
    case 'letter:manner':
      return 'Confirm that the way was checked';
    case 'letter:late':
      return 'Send it nevertheless';
    case 'letter:words':
      return 'These words stand';
    default:
      return 'Confirm that it is right';
  }
}

function actsOf(asked: Asked, review: LetterReview): Act[] {
  if (!review.mayEdit.ok) return [];
  const edit = edits[asked.key];
  const confirm: Act[] =
    asked.kind === 'confirm'
      ? [{ kind: 'confirm', label: confirmWords(asked.key, review), key: asked.key, valueDigest: asked.valueDigest }]
      : [];
  return [...(edit ? [{ kind: 'edit' as const, ...edit }] : []), ...confirm];
}

/** What stands in the way of a letter, open things first. */
export function letterMissing(review: LetterReview): MissingRow[] {
  const rows = review.requirements.map((asked): MissingRow => {
    const said = split(asked.label);
    const base = { key: asked.key, weight: 1, title: said.title };
    if (asked.fulfilled)
      return {
        ...base,
        done: true,
        words: `${asked.by?.name ?? ''}${asked.at ? `, ${when(asked.at)}` : ''}`,
        acts: [],
      };
    return { ...base, done: false, ...(said.words && { words: said.words }), acts: actsOf(asked, review) };
  });
  return rows.toSorted((a, b) => Number(a.done) - Number(b.done));
}
