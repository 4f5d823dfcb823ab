import { z } from 'zod';
import { visibleOnly } from '../invisible.js';
import { dayInWords, isCivilDay } from './civil-day.js';
import { windowInWords } from './last-safe-day.js';

/** Only what a reader sees: Postgres, the page and the published file get the same words. */
const written = () => z.string().overwrite((value) => visibleOnly(value).text);
export const line = (max: number) => written().trim().min(1).max(max);
export const text = (max: number) => written().trim().max(max);
export const civilDay = z
  .string()
  .refine(isCivilDay, 'Write a day that exists, as year-month-day, such as 2026-12-31.');

const spanUnit = z.enum(['days', 'weeks', 'months', 'years']);
const span = z.strictObject({ count: z.int().min(1).max(1_200), unit: spanUnit });
export type Span = z.infer<typeof span>;

/** What a contract says on one point, in a form that code can count with. */
export const valueSchemas = {
  parties: z.strictObject({ is: z.literal('parties'), names: z.array(line(200)).min(1).max(12) }),
  date: z.strictObject({ is: z.literal('date'), day: civilDay }),
  /** When the current term ends, or when the next one begins. */
  renewalDay: z.strictObject({
    is: z.literal('renewal-day'),
    day: civilDay,
    anchor: z.enum(['end-of-term', 'renewal-date']),
  }),
  term: z.strictObject({ is: z.literal('term'), length: span.nullable(), ends: civilDay.nullable() }),
  perpetual: z.strictObject({ is: z.literal('perpetual') }),
  renewal: z.strictObject({ is: z.literal('renewal'), automatic: z.boolean(), each: span.nullable() }),
  window: z.strictObject({
    is: z.literal('window'),
    count: z.int().min(0).max(3_660),
    unit: z.enum(['calendar-days', 'business-days', 'weeks', 'months', 'years']),
    /** “More than 30 days before” is a day earlier than “at least 30 days before”. */
    strictly: z.boolean(),
  }),
  money: z.strictObject({
    is: z.literal('money'),
    amount: z.number().min(0).max(1e15),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Write the currency as three letters, such as EUR.'),
  }),
  words: z.strictObject({ is: z.literal('words'), text: line(1_000) }),
} as const;

export const valueSchema = z.discriminatedUnion('is', [
  valueSchemas.parties,
  valueSchemas.date,
  valueSchemas.renewalDay,
  valueSchemas.term,
  valueSchemas.perpetual,
  valueSchemas.renewal,
  valueSchemas.window,
  valueSchemas.money,
  valueSchemas.words,
]);
export type ContractValue = z.infer<typeof valueSchema>;

/** `12 months`, `1 year`. */
export function spanInWords({ count, unit }: Span): string {
  return `${String(count)} ${count === 1 ? unit.slice(0, -1) : unit}`;
}

function moneyInWords({ amount, currency }: { amount: number; currency: string }): string {
  const [whole = '', part] = amount.toFixed(Number.isInteger(amount) ? 0 : 2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency} ${grouped}${part === undefined ? '' : `.${part}`}`;
}

/** A value as the one-pager says it. The same on every machine. */
export function valueInWords(value: ContractValue): string {
  switch (value.is) {
    case 'parties':
      return value.names.join('; ');
    case 'date':
      return dayInWords(value.day);
    case 'renewal-day':
      return value.anchor === 'end-of-term'
        ? `the term ends on ${dayInWords(value.day)}`
        : `the next term begins on ${dayInWords(value.day)}`;
    case 'term': {
      const length = value.length === null ? '' : spanInWords(value.length);
      const ends = value.ends === null ? '' : `until ${dayInWords(value.ends)}`;
      return [length, ends].filter((part) => part !== '').join(', ') || 'a fixed term';
    }
    case 'perpetual':
      return 'no fixed end';
    case 'renewal':
      if (!value.automatic) return 'does not renew by itself';
      return value.each === null ? 'renews by itself' : `renews by itself for ${spanInWords(value.each)} each time`;
    case 'window':
      return `${value.strictly ? 'more than' : 'at least'} ${windowInWords(value)} before`;
    case 'money':
      return moneyInWords(value);
    case 'words':
      return value.text;
  }
}
