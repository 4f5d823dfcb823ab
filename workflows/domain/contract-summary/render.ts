import { plain } from '../plain-markdown.js';
import { shortened } from '../shortened.js';
import { noticeDay } from './notice-day.js';
import {
  fieldKeys,
  fieldNames,
  placedQuotes,
  type Contract,
  type ContractField,
  type FieldKey,
  type PlacedQuote,
} from './schema.js';
import { dayInWords } from './civil-day.js';
import { valueInWords } from './values.js';

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function nameOf({ documents }: Contract, source: string): string {
  const only = documents.length === 1;
  const found = documents.find((document) => document.source === source);
  return only || found === undefined ? '' : ` of ${plain(found.name)}`;
}

function quoteLine(contract: Contract, { text, page, source }: PlacedQuote): string {
  const shown = shortened(text.replace(/\s+/g, ' ').trim(), 420);
  return `> “${plain(shown)}” (page ${String(page)}${nameOf(contract, source)})`;
}

function saysOf(field: ContractField): string {
  if (field.answer === 'open') return 'Not settled.';
  if (field.answer === 'absent' || field.value === null) return 'The contract says nothing on this.';
  return `${upper(valueInWords(field.value)).replace(/\.$/, '')}.`;
}

function fieldLines(contract: Contract, key: FieldKey): string[] {
  const field = contract.fields[key];
  const quotes = placedQuotes(field.quotes).slice(0, 2);
  return [
    `**${fieldNames[key]}.** ${plain(saysOf(field))}`,
    '',
    ...quotes.flatMap((quote) => [quoteLine(contract, quote), '']),
  ];
}

function actLines(contract: Contract): string[] {
  const day = noticeDay(contract);
  switch (day.is) {
    case 'open':
      return [
        'Not known yet: renewal date, renewal clause and notice window are not all settled, or give no day that can be counted.',
      ];
    case 'none':
      if (day.why === 'no-end') return ['None: the contract names no end of its term.'];
      if (day.why === 'no-window')
        return [`No notice window is stated, and the term ends on ${dayInWords(day.ends ?? '')}. Act well before.`];
      return [`None: it does not renew by itself and ends on ${dayInWords(day.ends ?? '')}.`];
    case 'day':
      return [
        `**${dayInWords(day.last.day)}**, until midnight in ${plain(contract.timeZone)}.`,
        '',
        ...day.last.steps.map((step) => `- ${plain(step)}`),
      ];
  }
}

function documentLines({ documents }: Contract): string[] {
  return documents.map(({ name, role, pages, dated, recognised, unread, hidden }) => {
    const notes = [
      `${String(pages)} ${pages === 1 ? 'page' : 'pages'}`,
      ...(dated === null ? [] : [`dated ${dayInWords(dated)}`]),
      ...(recognised.length === 0 ? [] : [`${String(recognised.length)} recognised by machine`]),
      ...(unread.length === 0 ? [] : [`${String(unread.length)} not readable by code`]),
      ...(hidden === 0 ? [] : [`${String(hidden)} hidden ${hidden === 1 ? 'text' : 'texts'} left out`]),
    ];
    return `- ${role === 'contract' ? 'Contract' : 'Amendment'}: ${plain(name)} (${notes.join(', ')})`;
  });
}

/** The one-pager exactly as it would be published, as Markdown. Pure: the same contract and version give the same bytes. */
export function renderContract(contract: Contract, version: number): string {
  const clauses = contract.unusual.flatMap(({ title, quote }) =>
    quote.state === 'not-found' ? [] : [`**${plain(title)}.**`, '', quoteLine(contract, quote), ''],
  );
  const lines = [
    `# ${plain(contract.vendor === '' ? contract.title : contract.vendor)}`,
    '',
    plain(contract.title),
    '',
    `Version ${String(version)}`,
    '',
    '## Last safe day to give notice',
    '',
    ...actLines(contract),
    '',
    '## Terms',
    '',
    ...fieldKeys.flatMap((key) => fieldLines(contract, key)),
    ...(clauses.length === 0 ? [] : ['## Worth flagging', '', ...clauses]),
    '## Documents',
    '',
    ...documentLines(contract),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}
