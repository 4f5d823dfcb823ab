import type { LetterPayload } from '../../../api/contract/index.js';
import { dayInWords } from '../../../workflows/domain/contract-summary/civil-day.js';
import type { ItemChange } from '../../review/track-pages.js';

function item(key: string, title: string, before: string, after: string): ItemChange {
  const state = before === after ? 'same' : before === '' ? 'added' : after === '' ? 'removed' : 'changed';
  return { key, title, state, passages: before === after ? [] : [{ label: '', before, after }] };
}

/** What differs between two versions of a letter, part by part. */
export function letterChanges(from: LetterPayload, to: LetterPayload): ItemChange[] {
  const most = Math.max(from.paragraphs.length, to.paragraphs.length);
  return [
    item('sender', 'From', from.sender, to.sender),
    item('addressee', 'To', from.addressee.join(', '), to.addressee.join(', ')),
    item('day', 'Date', dayInWords(from.day), dayInWords(to.day)),
    item('subject', 'Subject', from.subject, to.subject),
    ...Array.from({ length: most }, (_, at) =>
      item(
        `paragraph-${String(at)}`,
        `Paragraph ${String(at + 1)}`,
        from.paragraphs[at] ?? '',
        to.paragraphs[at] ?? '',
      ),
    ),
    item('signatory', 'Signed by', from.signatory, to.signatory),
  ];
}
