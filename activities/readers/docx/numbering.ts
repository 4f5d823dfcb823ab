import type { Element, Listener } from './xml.js';

type Level = { start: number; format: string; text: string };
type Abstract = Map<number, Level>;

const romanDigits: readonly [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(number: number): string {
  let rest = Math.min(Math.max(number, 0), 3999);
  let text = '';
  for (const [value, letters] of romanDigits)
    while (rest >= value) {
      text += letters;
      rest -= value;
    }
  return text;
}

const letter = (number: number): string =>
  String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.min(10, Math.ceil(number / 26)));

function written(number: number, format: string): string {
  if (number < 1) return format === 'none' ? '' : String(number);
  switch (format) {
    case 'lowerLetter':
      return letter(number);
    case 'upperLetter':
      return letter(number).toUpperCase();
    case 'lowerRoman':
      return roman(number);
    case 'upperRoman':
      return roman(number).toUpperCase();
    case 'decimalZero':
      return String(number).padStart(2, '0');
    case 'none':
      return '';
    default:
      return String(number);
  }
}

/** The numbers that Word writes before paragraphs, counted as the document goes on. */
export class Numbering implements Listener {
  readonly #abstracts = new Map<string, Abstract>();
  readonly #lists = new Map<string, { abstract: string; starts: Map<number, number> }>();
  readonly #counts = new Map<string, number[]>();
  #abstract: Abstract | undefined;
  #level: Level | undefined;
  #list: { abstract: string; starts: Map<number, number> } | undefined;
  #override = 0;

  open({ name, attributes }: Element): void {
    const value = attributes.get('val') ?? '';
    if (name === 'w:abstractNum') {
      this.#abstract = new Map();
      this.#abstracts.set(attributes.get('abstractNumId') ?? '', this.#abstract);
    } else if (name === 'w:lvl' && this.#abstract) {
      this.#level = { start: 1, format: 'decimal', text: '' };
      this.#abstract.set(Number(attributes.get('ilvl') ?? 0), this.#level);
    } else if (name === 'w:num') {
      this.#list = { abstract: '', starts: new Map() };
      this.#lists.set(attributes.get('numId') ?? '', this.#list);
    } else if (name === 'w:abstractNumId' && this.#list) this.#list.abstract = value;
    else if (name === 'w:lvlOverride') this.#override = Number(attributes.get('ilvl') ?? 0);
    else if (name === 'w:startOverride') this.#list?.starts.set(this.#override, Number(value) || 0);
    else if (this.#level) {
      if (name === 'w:start') this.#level.start = Number(value) || 0;
      if (name === 'w:numFmt') this.#level.format = value;
      if (name === 'w:lvlText') this.#level.text = value.slice(0, 100);
    }
  }

  close(name: string): void {
    if (name === 'w:abstractNum') this.#abstract = undefined;
    if (name === 'w:lvl') this.#level = undefined;
    if (name === 'w:num') this.#list = undefined;
  }

  /** The number before the next paragraph of a list, such as `9.2` or `(a)`; a bullet is a dot. */
  next(listId: string, level: number): string {
    const list = this.#lists.get(listId);
    const levels = list && this.#abstracts.get(list.abstract);
    const own = levels?.get(level);
    if (list === undefined || levels === undefined || own === undefined || level > 8) return '';
    // Lists of one kind go on counting, unless one says where it starts.
    const key = list.starts.size > 0 ? `list ${listId}` : list.abstract;
    const counts = this.#counts.get(key) ?? [];
    this.#counts.set(key, counts);
    const start = (at: number): number => list.starts.get(at) ?? levels.get(at)?.start ?? 1;
    counts.length = Math.min(counts.length, level + 1);
    for (let at = counts.length; at < level; at += 1) counts[at] = start(at);
    const before = counts[level];
    counts[level] = before === undefined ? start(level) : before + 1;
    if (own.format === 'bullet') return '•';
    return own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return written(counts[at] ?? start(at), levels.get(at)?.format ?? 'decimal');
    });
  }
}
