import type { ContractPayload } from '../../../api/contract/index.js';
import {
  fieldKeys,
  fieldNames,
  placedQuotes,
  type FieldKey,
} from '../../../workflows/domain/contract-summary/schema.js';
import { valueInWords } from '../../../workflows/domain/contract-summary/values.js';
import type { ItemChange, Part } from '../../review/track-pages.js';

/** What a point says, with the page that it rests on. */
export function pointInWords({ fields }: ContractPayload, key: FieldKey): string {
  const { answer, value, quotes } = fields[key];
  if (answer === 'open') return 'not settled';
  if (answer === 'absent' || value === null) return 'the contract says nothing on this';
  const page = placedQuotes(quotes)[0]?.page;
  return `${valueInWords(value)}${page === undefined ? '' : ` (page ${String(page)})`}`;
}

function item(key: string, title: string, before: string, after: string): ItemChange {
  const state = before === after ? 'same' : before === '' ? 'added' : after === '' ? 'removed' : 'changed';
  return { key, title, state, passages: before === after ? [] : [{ label: '', before, after }] };
}

function clauses(from: ContractPayload, to: ContractPayload): ItemChange[] {
  const ids = [...new Set([...from.unusual, ...to.unusual].map(({ id }) => id))];
  const words = ({ unusual }: ContractPayload, id: string) => {
    const found = unusual.find((one) => one.id === id);
    return found === undefined ? '' : `${found.title}: ${found.quote.text}`;
  };
  return ids.map((id) => item(id, 'Clause worth flagging', words(from, id), words(to, id)));
}

/** What differs between two versions of a one-pager, point by point. */
export function contractChanges(from: ContractPayload, to: ContractPayload): ItemChange[] {
  return [
    item('title', 'Title', from.title, to.title),
    item('vendor', 'Vendor', from.vendor, to.vendor),
    ...fieldKeys.map((key) => item(key, fieldNames[key], pointInWords(from, key), pointInWords(to, key))),
    ...clauses(from, to),
  ];
}

/** What changes can be asked of, in the order of the page. */
export function contractParts(): Part[] {
  return [
    { key: 'title', label: 'Title' },
    { key: 'vendor', label: 'Vendor' },
    ...fieldKeys.map((key) => ({ key, label: fieldNames[key] })),
    { key: 'unusual', label: 'Clauses worth flagging' },
  ];
}
