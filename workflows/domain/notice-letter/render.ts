import { dayInWords } from '../contract-summary/civil-day.js';
import { plain } from '../plain-markdown.js';
import type { Letter } from './schema.js';

const lines = (texts: readonly string[]) => texts.map(plain).join('\\\n');

/** The letter exactly as it would go out, as Markdown. Pure: the same letter gives the same bytes. */
export function renderLetter({ sender, addressee, day, subject, paragraphs, signatory }: Letter): string {
  const parts = [
    ...(sender === '' ? [] : [`**${plain(sender)}**`]),
    ...(addressee.length === 0 ? [] : [lines(addressee)]),
    dayInWords(day),
    `# ${plain(subject)}`,
    'Dear Sir or Madam,',
    ...paragraphs.map(plain),
    'Yours faithfully,',
    ...(signatory === '' ? [] : [lines([signatory, ...(sender === '' ? [] : [sender])])]),
  ];
  return `${parts.join('\n\n')}\n`;
}
