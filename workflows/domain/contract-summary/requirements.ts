import { valueDigest } from '../canonical.js';
import type { Requirement } from '../manifest.js';
import { shortened } from '../shortened.js';
import {
  eachField,
  fieldKeys,
  fieldNames,
  needsTwoKeys,
  placedQuotes,
  type Contract,
  type ContractField,
  type FieldKey,
} from './schema.js';
import { valueInWords } from './values.js';

/** Two keys and plain confirmations are told apart by the key itself; the database holds a track to the first two. */
export function requirementKey(field: FieldKey): string {
  return `${needsTwoKeys(field) ? 'two-keys' : 'field'}:${field}`;
}

const short = (text: string, most = 160) => shortened(text.replace(/\s+/g, ' ').trim(), most);

/** Where a value must have been looked at: the page of its first quote, or the proof that the contract says nothing. */
export function placeOf(field: FieldKey, { answer, quotes }: ContractField): string | undefined {
  if (answer === 'absent') return `absence:${field}`;
  const [first] = placedQuotes(quotes);
  return first === undefined ? undefined : `${first.source}:${String(first.page)}`;
}

/** What a confirmation is bound to: the answer, its value, its places, and what else was read. */
export function fieldDigest(field: FieldKey, { answer, value, quotes, others }: ContractField): string {
  const places = placedQuotes(quotes).map(({ source, from, to }) => ({ source, from, to }));
  const rivals = others.map((other) => ({ value: other.value, source: other.quote.source, from: other.quote.from }));
  return valueDigest({ field, answer, value, places, rivals });
}

function disagreement({ others }: ContractField): string {
  const [first] = others;
  if (first === undefined) return '';
  const who = {
    rules: 'The rules read',
    contract: 'The contract says',
    amendment: 'The amendment says',
    passage: 'Elsewhere it says',
  };
  const what = first.value === null ? `“${short(first.quote.text, 80)}”` : valueInWords(first.value);
  const dated = first.dated === null ? '' : `, dated ${first.dated}`;
  return ` ${who[first.by]} ${short(what, 120)} on page ${String(first.quote.page)}${dated}.`;
}

function impossible(field: FieldKey, at: ContractField, words: string): Requirement {
  return {
    key: requirementKey(field),
    kind: 'impossible',
    label: short(words, 500),
    valueDigest: fieldDigest(field, at),
  };
}

function fieldRequirement(field: FieldKey, at: ContractField): Requirement | undefined {
  const name = fieldNames[field];
  const twoKeys = needsTwoKeys(field);
  if (at.answer === 'open')
    return impossible(
      field,
      at,
      `${name} is not settled. Choose the place that says it, or say that the contract does not.`,
    );
  const lost = at.quotes.find((quote) => quote.state === 'not-found');
  if (lost !== undefined)
    return impossible(
      field,
      at,
      `${name} rests on words that are not in the document: “${short(lost.text, 120)}”. Mark the right place.`,
    );
  const place = placeOf(field, at);
  if (at.answer === 'stated' && place === undefined && (twoKeys || at.by === 'drafter'))
    return impossible(field, at, `${name} rests on no words of the document. Mark the place that says it.`);
  // A person's own act settles what no money hangs on.
  if (!twoKeys && at.by === 'person') return undefined;
  const says = at.value === null ? '' : short(valueInWords(at.value), 160).replace(/\.$/, '');
  const page = placedQuotes(at.quotes)[0]?.page;
  const words =
    at.answer === 'absent'
      ? `Confirm that the contract says nothing on this: ${name.toLowerCase()}.`
      : twoKeys
        ? `Check against page ${String(page ?? 1)}: ${name.toLowerCase()}, ${says}.`
        : `Confirm or edit: ${name.toLowerCase()}, ${says}.`;
  return {
    key: requirementKey(field),
    kind: twoKeys ? 'served' : 'confirm',
    label: short(`${words}${disagreement(at)}`, 500),
    valueDigest: fieldDigest(field, at),
    ...(twoKeys && place !== undefined && { place }),
  };
}

function vendor(contract: Contract): Requirement[] {
  if (contract.vendor !== '') return [];
  const label = 'The vendor has no name yet. Write it, as the register shall call it.';
  return [{ key: 'vendor', kind: 'impossible', label, valueDigest: valueDigest({ vendor: '' }) }];
}

function unusual({ unusual: clauses }: Contract): Requirement[] {
  const lost = clauses.filter(({ quote }) => quote.state === 'not-found');
  const gone = lost.map(({ id, title }) => ({
    key: `clause:${id}`,
    kind: 'impossible' as const,
    label: short(`“${title}” rests on words that are not in the document. Take it out.`, 500),
    valueDigest: valueDigest({ lost: id }),
  }));
  const drafted = clauses.filter(({ by, quote }) => by === 'drafter' && quote.state !== 'not-found');
  if (drafted.length === 0) return gone;
  const value = drafted.map(({ title, quote }) => ({ title, quote: quote.text }));
  const label = `Confirm the clauses worth flagging: ${drafted.map(({ title }) => title).join(', ')}.`;
  return [...gone, { key: 'unusual', kind: 'confirm', label: short(label, 500), valueDigest: valueDigest(value) }];
}

function leftOut({ omitted }: Contract): Requirement[] {
  if (omitted.length === 0) return [];
  const label = `In the document, not in the summary: ${omitted.map(({ title }) => title).join(', ')}. Take them in, or leave them out.`;
  const value = omitted.map(({ title, quote }) => ({ title, quote: quote.text }));
  return [{ key: 'left-out', kind: 'confirm', label: short(label, 500), valueDigest: valueDigest(value) }];
}

function documents({ documents: given }: Contract): Requirement[] {
  return given.flatMap(({ source, name, hidden, unread }) => {
    const found: Requirement[] = [];
    if (hidden > 0)
      found.push({
        key: `hidden:${source}`,
        kind: 'confirm',
        label: short(
          `${name} holds ${hidden === 1 ? 'a text' : `${String(hidden)} texts`} that no reader sees. Look at what was cut out.`,
          500,
        ),
        valueDigest: valueDigest({ source, hidden }),
      });
    if (unread.length > 0)
      found.push({
        key: `unread:${source}`,
        kind: 'confirm',
        label: short(
          `${unread.length === 1 ? `Page ${String(unread[0])} of ${name} is a picture` : `${String(unread.length)} pages of ${name} are pictures`} and cannot be checked by code. Read what stands there.`,
          500,
        ),
        valueDigest: valueDigest({ source, unread }),
      });
    return found;
  });
}

/**
 * What must be met before a person may approve a one-pager: renewal date and notice window confirmed by somebody to
 * whom their page was served, every other point confirmed or edited once, nothing resting on words that are not there.
 */
export function contractRequirements(contract: Contract): Requirement[] {
  const asked = eachField((field) => fieldRequirement(field, contract.fields[field]));
  return [
    ...fieldKeys.filter(needsTwoKeys).flatMap((field) => asked[field] ?? []),
    ...vendor(contract),
    ...fieldKeys.filter((field) => !needsTwoKeys(field)).flatMap((field) => asked[field] ?? []),
    ...unusual(contract),
    ...leftOut(contract),
    ...documents(contract),
  ];
}
