import {
  dayInWords,
  isCivilDay,
  weekdayName,
  type CivilDay,
} from '../../../workflows/domain/contract-summary/civil-day.js';
import { datesIn } from '../../../workflows/domain/contract-summary/extraction/dates.js';
import { durationsIn, numberFromWords } from '../../../workflows/domain/contract-summary/extraction/durations.js';
import { moneyIn } from '../../../workflows/domain/contract-summary/extraction/money.js';
import { partiesIn } from '../../../workflows/domain/contract-summary/extraction/parties.js';
import { fieldValues, type FieldKey } from '../../../workflows/domain/contract-summary/schema.js';
import {
  spanInWords,
  valueInWords,
  valueSchema,
  type ContractValue,
  type Span,
} from '../../../workflows/domain/contract-summary/values.js';

/** What stands in the boxes of a form, as typed. */
export type Typed = Readonly<Record<string, string>> & { readonly is: ContractValue['is'] };

/** A day as a person writes it: 31 December 2026, 31.12.2026, 2026-12-31. Figures alone are day, month, year. */
export function dayFrom(text: string): CivilDay | undefined {
  const words = text.trim();
  if (isCivilDay(words)) return words;
  const figures = /^(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})$/.exec(words);
  if (figures !== null) {
    const [, day = '', month = '', year = ''] = figures;
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isCivilDay(iso) ? iso : undefined;
  }
  return datesIn(words).find(({ day }) => day !== undefined)?.day;
}

/** `Thursday, 31 December 2026`. */
export function longDay(day: CivilDay): string {
  return `${weekdayName(day)}, ${dayInWords(day)}`;
}

function spanFrom(text: string): Span | undefined {
  const found = durationsIn(text)[0]?.duration;
  return found === undefined ? undefined : { count: found.count, unit: found.unit };
}

/** The boxes as they stand before anybody types. */
export function typedOf(field: FieldKey, value: ContractValue | null): Typed {
  if (value === null) return emptyOf(fieldValues[field][0] ?? 'words');
  switch (value.is) {
    case 'parties':
      return { is: value.is, names: value.names.join('\n') };
    case 'date':
      return { is: value.is, day: dayInWords(value.day) };
    case 'renewal-day':
      return { is: value.is, day: dayInWords(value.day), anchor: value.anchor };
    case 'term':
      return {
        is: value.is,
        length: value.length === null ? '' : spanInWords(value.length),
        ends: value.ends === null ? '' : dayInWords(value.ends),
      };
    case 'perpetual':
      return { is: value.is };
    case 'renewal':
      return {
        is: value.is,
        automatic: value.automatic ? 'yes' : 'no',
        each: value.each === null ? '' : spanInWords(value.each),
      };
    case 'window':
      return {
        is: value.is,
        count: String(value.count),
        unit: value.unit,
        strictly: value.strictly ? 'more than' : 'at least',
      };
    case 'money':
      return { is: value.is, amount: String(value.amount), currency: value.currency };
    case 'words':
      return { is: value.is, text: value.text };
  }
}

/** Empty boxes for a kind of value. */
export function emptyOf(kind: ContractValue['is'] | 'renewalDay'): Typed {
  switch (kind) {
    case 'renewalDay':
    case 'renewal-day':
      return { is: 'renewal-day', day: '', anchor: 'end-of-term' };
    case 'window':
      return { is: 'window', count: '', unit: 'calendar-days', strictly: 'at least' };
    case 'renewal':
      return { is: 'renewal', automatic: 'yes', each: '' };
    case 'money':
      return { is: 'money', amount: '', currency: '' };
    case 'term':
      return { is: 'term', length: '', ends: '' };
    case 'date':
      return { is: 'date', day: '' };
    case 'parties':
      return { is: 'parties', names: '' };
    case 'words':
      return { is: 'words', text: '' };
    case 'perpetual':
      return { is: 'perpetual' };
  }
}

/** What was understood of what was typed, or one sentence that says what to do. */
export type Understood = { ok: true; value: ContractValue; words: string } | { ok: false; box: string; why: string };

const noDay = 'Write a day such as 31 December 2026.';
const noSpan = 'Write a length of time such as 12 months.';

function raw(typed: Typed): unknown {
  switch (typed.is) {
    case 'parties': {
      const names = (typed['names'] ?? '').split('\n').map((name) => name.trim());
      return { is: typed.is, names: names.filter((name) => name !== '') };
    }
    case 'date':
      return { is: typed.is, day: dayFrom(typed['day'] ?? '') };
    case 'renewal-day':
      return { is: typed.is, day: dayFrom(typed['day'] ?? ''), anchor: typed['anchor'] };
    case 'term': {
      const [length = '', ends = ''] = [typed['length'], typed['ends']];
      return {
        is: typed.is,
        length: length.trim() === '' ? null : spanFrom(length),
        ends: ends.trim() === '' ? null : dayFrom(ends),
      };
    }
    case 'perpetual':
      return { is: typed.is };
    case 'renewal': {
      const each = typed['each'] ?? '';
      const automatic = typed['automatic'] === 'yes';
      return { is: typed.is, automatic, each: !automatic || each.trim() === '' ? null : spanFrom(each) };
    }
    case 'window': {
      const count = (typed['count'] ?? '').trim();
      const number = /^\d+$/.test(count) ? Number(count) : numberFromWords(count);
      return { is: typed.is, count: number, unit: typed['unit'], strictly: typed['strictly'] === 'more than' };
    }
    case 'money': {
      const digits = (typed['amount'] ?? '').replaceAll(/[\s,']/g, '');
      return {
        is: typed.is,
        amount: /^\d+(\.\d{1,2})?$/.test(digits) ? Number(digits) : undefined,
        currency: (typed['currency'] ?? '').trim().toUpperCase(),
      };
    }
    case 'words':
      return { is: typed.is, text: typed['text'] };
  }
}

const wrongWords: Record<string, string> = {
  names: 'Write each party on a line of its own.',
  day: noDay,
  ends: noDay,
  length: noSpan,
  each: noSpan,
  count: 'Write a whole number, such as 90.',
  amount: 'Write the sum in figures, such as 50,000.',
  currency: 'Write the currency as three letters, such as EUR.',
  text: 'Write what the contract says, in one or two sentences.',
};

/** Reads what was typed. Nothing is guessed: what is not understood is said. */
export function understood(typed: Typed): Understood {
  const parsed = valueSchema.safeParse(raw(typed));
  if (!parsed.success) {
    const box = String(parsed.error.issues[0]?.path[1] ?? parsed.error.issues[0]?.path[0] ?? '');
    return { ok: false, box, why: wrongWords[box] ?? 'This cannot be kept as it is written.' };
  }
  const { data: value } = parsed;
  if (value.is === 'term' && value.length === null && value.ends === null)
    return { ok: false, box: 'length', why: 'Write how long it runs, or until when.' };
  const day = value.is === 'date' || value.is === 'renewal-day' ? `${longDay(value.day)}` : undefined;
  const words =
    value.is === 'renewal-day'
      ? `${value.anchor === 'end-of-term' ? 'The term ends on' : 'The next term begins on'} ${day ?? ''}`
      : (day ?? valueInWords(value));
  return { ok: true, value, words };
}

/** What the words that a person marked would make of a point, by the same rules as read the documents. */
export function proposed(field: FieldKey, text: string): ContractValue | undefined {
  const day = datesIn(text).find((one) => one.day !== undefined)?.day;
  const length = durationsIn(text)[0]?.duration;
  const onOneLine = text.replace(/\s+/g, ' ').trim().slice(0, 1_000);
  const inWords: ContractValue | undefined = onOneLine === '' ? undefined : { is: 'words', text: onOneLine };
  switch (field) {
    case 'parties': {
      const names = partiesIn(text);
      if (names.length > 0) return { is: 'parties', names };
      return onOneLine === '' ? undefined : { is: 'parties', names: [onOneLine.slice(0, 200)] };
    }
    case 'effectiveDate':
      return day === undefined ? undefined : { is: 'date', day };
    case 'renewalDate':
      return day === undefined ? undefined : { is: 'renewal-day', day, anchor: 'end-of-term' };
    case 'term':
      if (day === undefined && length === undefined) return undefined;
      return {
        is: 'term',
        length: length === undefined ? null : { count: length.count, unit: length.unit },
        ends: day ?? null,
      };
    case 'renewal':
      if (!/renew|extend|prolong/i.test(text)) return undefined;
      return {
        is: 'renewal',
        automatic: /automatic|successive|unless/i.test(text),
        each: length === undefined ? null : { count: length.count, unit: length.unit },
      };
    case 'noticeWindow': {
      if (length === undefined) return undefined;
      const { count, unit, kind } = length;
      const strictly = /more than\s+[\w(]/i.test(text) && !/not more than|no more than/i.test(text);
      const counted = unit === 'days' ? (kind === 'business' ? 'business-days' : 'calendar-days') : unit;
      return { is: 'window', count, unit: counted, strictly };
    }
    case 'liabilityCap': {
      const money = moneyIn(text)[0]?.money;
      return money === undefined ? inWords : { is: 'money', ...money };
    }
    case 'termination':
    case 'dataProcessing':
    case 'governingLaw':
      return inWords;
  }
}
