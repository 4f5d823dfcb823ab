/** A sum as a contract states it, the currency by its ISO code. */
export type Money = { amount: number; currency: string };

const signs: Record<string, string> = { $: 'USD', '\u20ac': 'EUR', '\u00a3': 'GBP', '\u00a5': 'JPY' };
const words: Record<string, string> = {
  dollars: 'USD',
  euros: 'EUR',
  euro: 'EUR',
  pounds: 'GBP',
  'u.s. dollars': 'USD',
};
const codes = 'USD|EUR|GBP|CHF|JPY|CAD|AUD|RMB|CNY|HKD|INR|ILS';
const number = '(\\d{1,3}(?:,\\d{3}){1,5}(?:\\.\\d{1,2})?|\\d{1,12}(?:\\.\\d{1,2})?)';
const scale = '(?:\\s{0,2}(million|billion|thousand|mm|m|k)\\b)?';
const mention = new RegExp(
  `(?:([$\u20ac\u00a3\u00a5])|\\b(${codes})\\s?[$]?)\\s{0,2}${number}${scale}|${number}${scale}\\s(?:(${codes})\\b|(u\\.s\\. dollars|dollars|euros?|pounds))`,
  'gi',
);
const factors: Record<string, number> = { thousand: 1e3, k: 1e3, million: 1e6, mm: 1e6, m: 1e6, billion: 1e9 };

/** Every sum of money in a text, in order. */
export function moneyIn(text: string): { from: number; to: number; money: Money }[] {
  return [...text.matchAll(mention)].flatMap((match) => {
    const [all, sign, before, first, firstScale, second, secondScale, after, word] = match;
    const digits = first ?? second;
    if (digits === undefined) return [];
    const factor = factors[(firstScale ?? secondScale ?? '').toLowerCase()] ?? 1;
    const code = (before ?? after ?? '').toUpperCase();
    const currency = signs[sign ?? ''] ?? (code === 'RMB' ? 'CNY' : code) ?? '';
    const named = currency !== '' ? currency : (words[(word ?? '').toLowerCase()] ?? '');
    if (named === '') return [];
    const amount = Math.round(Number(digits.replaceAll(',', '')) * factor * 100) / 100;
    return [{ from: match.index, to: match.index + all.length, money: { amount, currency: named } }];
  });
}
