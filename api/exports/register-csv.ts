import type { CivilDay } from '../../workflows/domain/contract-summary/civil-day.js';
import {
  matches,
  type RegisterFilter,
  type RegisterStanding,
} from '../../workflows/domain/contract-summary/register.js';
import { entryView, type Entries, type Entry } from '../register.js';
import { csvOf } from './csv.js';

const columns = [
  ...['Vendor', 'Title', 'State', 'Last safe day', 'Next last safe day', 'Term ends', 'Why none'],
  ...['Renewal date', 'Notice window', 'Liability cap', 'Version', 'Published', 'Page', 'Receipt'],
];

const states: Record<RegisterStanding['state'], string> = {
  past: 'past',
  unknown: 'not known',
  due: 'to come',
  none: 'none',
};
const reasons = {
  'ends-by-itself': 'ends by itself',
  'no-end': 'names no end',
  'no-window': 'no notice window stated',
} as const;

function rowOf(entry: Entry, today: CivilDay, publicUrl: string): string[] {
  const view = entryView(entry, today);
  const link = (path: string | undefined) => (path === undefined ? '' : new URL(path, publicUrl).href);
  return [
    ...[view.vendor, view.title, states[view.state]],
    ...[view.act?.day ?? '', view.next?.day ?? '', view.act?.ends ?? view.ends ?? ''],
    view.why === undefined ? '' : reasons[view.why],
    ...[view.renewalDate.words, view.noticeWindow.words, view.liabilityCap.words],
    ...[String(view.draftVersion), view.publishedAt, link(view.pageUrl), link(view.receiptUrl)],
  ];
}

/** The register as a table for a spreadsheet: published values alone. The mark in front tells it that this is UTF-8. */
export function registerCsv({ entries, today }: Entries, filter: RegisterFilter, publicUrl: string): string {
  const rows = entries.filter((entry) => matches(entry, filter, today)).map((entry) => rowOf(entry, today, publicUrl));
  return `\ufeff${csvOf([columns, ...rows])}`;
}
