import { boxOf, combine, xOf, yOf, type Matrix } from './geometry.js';
import type { Ink, Word } from './ink.js';
import type { Font, State } from './state.js';

type Glyph = {
  unicode: string;
  width: number;
  isSpace: boolean;
  vmetric?: ArrayLike<number> | undefined;
  operatorListId?: string | undefined;
};

const isGlyph = (value: unknown): value is Glyph =>
  typeof value === 'object' && value !== null && 'unicode' in value && typeof value.unicode === 'string';

const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** A gap wider than this share of the type's height is a space, whether or not one was drawn. */
const spaceAt = 0.15;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function turnOf(x: number, y: number): Word['turn'] {
  const [ax, ay] = [Math.abs(x), Math.abs(y)];
  if (ay <= ax * 0.12) return x >= 0 ? 0 : 2;
  if (ax <= ay * 0.12) return y >= 0 ? 1 : 3;
  return 4;
}

// Symbol fonts put their bullets here.
const bullets = /[\uf0b7\uf0a7\uf076\uf0d8\uf06c\uf0fc]/g;
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/** Letters of one glyph. A soft hyphen that has a place on the page was drawn, as the hyphen that it looks like. */
function lettersOf(glyph: Glyph): string {
  const { unicode } = glyph;
  if (unicode.length === 1 && unicode > ' ' && unicode <= '~') return unicode;
  if (unicode === '\u00ad') return glyph.width > 0 ? '-' : unicode;
  return unicode.replace(bullets, '•').replace(controls, '');
}

// What sets a place or a state and puts nothing on the page: all up to the path operators, clips, text state, marks.
const drawsNothing = (code: number): boolean =>
  code < 20 || (code > 27 && code < 44) || (code > 47 && code < 62) || (code > 66 && code < 83);
const path = 91;
const endPath = 28;

/** In a font whose letters are drawings, whether this one draws anything. */
function hasShape(font: Font, id: string | undefined): boolean {
  const drawing = id === undefined ? undefined : font.charProcOperatorList?.[id];
  if (drawing === undefined) return true;
  return drawing.fnArray.some((code, at) => {
    if (code !== path) return !drawsNothing(code);
    const args = drawing.argsArray[at];
    return !Array.isArray(args) || args[0] !== endPath;
  });
}

/** The quarter turn, and how far along and across the line of reading a point is. */
export function along(turn: Word['turn'], x: number, y: number): number {
  return turn === 1 ? y : turn === 2 ? -x : turn === 3 ? -y : x;
}
export function across(turn: Word['turn'], x: number, y: number): number {
  return turn === 1 ? -x : turn === 2 ? -y : turn === 3 ? x : y;
}

/**
 * Takes one drawing of text apart into words, and moves the text matrix behind it.
 * Returns the matrix.
 */
export function drawText(items: readonly unknown[], state: State, matrix: Matrix, ink: Ink, words: Word[]): Matrix {
  const { font, fontSize, stretch, rise } = state;
  const vertical = font?.vertical === true;
  const em = font?.fontMatrix?.[0] ?? 0.001;
  const type3 = font?.isType3Font === true;
  const turned = combine(state.ctm, matrix);
  const direction = vertical ? -1 : 1;
  const wayX = vertical ? -turned[2] : turned[0] * Math.sign(fontSize || 1) * Math.sign(stretch || 1);
  const wayY = vertical ? -turned[3] : turned[1] * Math.sign(fontSize || 1) * Math.sign(stretch || 1);
  const turn = turnOf(wayX, wayY);
  const size = Math.abs(fontSize) * Math.hypot(turned[2], turned[3]);
  const widthScale = Math.abs(stretch) * Math.hypot(turned[0], turned[1]);
  const ascent = (type3 ? 0.8 : clamp(number(font?.ascent) || 0.8, 0.5, 1.1)) * fontSize;
  const descent = (type3 ? -0.2 : clamp(number(font?.descent) || -0.2, -0.45, 0)) * fontSize;
  let pen = 0;
  let text = '';
  let start = 0;
  let end = 0;
  let space = false;
  let drawn = !type3;
  const close = (spaceAfter: boolean): void => {
    if (text === '') {
      space ||= spaceAfter;
      return;
    }
    const box = vertical
      ? boxOf(turned, -fontSize / 2, Math.min(start, end), fontSize / 2, Math.max(start, end))
      : boxOf(turned, start, rise + descent, end, rise + ascent);
    const point = (at: number): [number, number] =>
      vertical ? [xOf(turned, 0, at), yOf(turned, 0, at)] : [xOf(turned, at, rise), yOf(turned, at, rise)];
    const [from, to, after] = [point(start), point(end), point(pen)];
    words.push({
      text,
      box,
      // Letters squeezed flat are as unreadable as small ones. A font of drawings has no height of its own to go by.
      size: type3
        ? Math.max(size, (1.6 * Math.hypot(to[0] - from[0], to[1] - from[1])) / text.length)
        : Math.min(size, Math.abs(fontSize) * widthScale * 3),
      turn,
      from: along(turn, ...from),
      to: along(turn, ...to),
      pen: along(turn, ...after),
      base: across(turn, ...from),
      spaceBefore: space,
      spaceAfter,
      ink: drawn ? ink : { ...ink, none: true },
    });
    space = spaceAfter;
    text = '';
    drawn = !type3;
  };
  for (const item of items) {
    if (typeof item === 'number') {
      const step = (-item / 1000) * fontSize * (vertical ? 1 : stretch);
      if (step * Math.sign(fontSize) * direction > spaceAt * Math.abs(fontSize)) close(true);
      pen += step;
      continue;
    }
    if (!isGlyph(item)) continue;
    const width = vertical
      ? number(item.vmetric?.[0] ?? font?.defaultVMetrics?.[0] ?? -1000) * 0.001 * fontSize
      : number(item.width) * em * fontSize;
    const letters = lettersOf(item);
    const advance = vertical ? width - state.charSpacing : (width + state.charSpacing) * stretch;
    if (letters === '' || letters.trim() === '') {
      if (letters !== '') close(true);
    } else {
      if (text === '') start = pen;
      text += letters;
      drawn ||= font === undefined || hasShape(font, item.operatorListId);
      end = pen + (vertical ? width : width * stretch);
    }
    pen += advance + (item.isSpace ? state.wordSpacing * (vertical ? -1 : stretch) : 0);
  }
  close(false);
  return combine(matrix, vertical ? [1, 0, 0, 1, 0, pen] : [1, 0, 0, 1, pen, 0]);
}
