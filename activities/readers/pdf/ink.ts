import type { Box, Polygon } from './geometry.js';

/** Red, green and blue up to 255; `undefined` where it is a pattern or nothing that we can tell. */
export type Colour = readonly [number, number, number] | undefined;

/** How words were drawn: shared by all words of one drawing. */
export type Ink = {
  /** Place in the order of drawing. */
  order: number;
  colour: Colour;
  /** From 0, which leaves nothing, to 1. */
  opacity: number;
  /** Nothing is put on the page, whatever the colour. */
  none: boolean;
  clip: Box;
};

/** Something filled, which can lie behind words or cover them. */
export type Paint = {
  order: number;
  colour: Colour;
  opacity: number;
  /** True where it hides what is under it, as far as its opacity goes. */
  covers: boolean;
  image: boolean;
  box: Box;
  /** Within the box, a point must be inside each of these. */
  shapes: readonly (readonly Polygon[])[];
};

/** Letters between two spaces, as they were drawn. */
export type Word = {
  text: string;
  box: Box;
  /** Height of the type in points. */
  size: number;
  /** Quarter turns clockwise from upright reading, or 4 for a slant. */
  turn: 0 | 1 | 2 | 3 | 4;
  /** Along the line of reading: where it begins and ends, and where the pen stood after it. */
  from: number;
  to: number;
  pen: number;
  /** Across the line of reading: where the letters stand. */
  base: number;
  spaceBefore: boolean;
  spaceAfter: boolean;
  ink: Ink;
};

/** `#rrggbb` as three numbers. */
export function colourOf(value: unknown): Colour {
  if (typeof value !== 'string' || !/^#[0-9a-f]{6}$/i.test(value)) return undefined;
  const number = Number.parseInt(value.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

const linear = (part: number): number => {
  const share = part / 255;
  return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const luminance = ([r, g, b]: readonly [number, number, number]): number =>
  0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** True where nobody tells one colour from the other. */
export function nearlySame(one: readonly [number, number, number], other: readonly [number, number, number]): boolean {
  if (one.some((part, at) => Math.abs(part - (other[at] ?? 0)) > 40)) return false;
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05) < 1.25;
}

/** What shows where `top` with an opacity lies on `under`. */
export function blend(top: Colour, opacity: number, under: Colour): Colour {
  if (opacity >= 0.995) return top;
  if (opacity <= 0.005) return under;
  if (top === undefined || under === undefined) return undefined;
  const mix = (at: 0 | 1 | 2): number => top[at] * opacity + under[at] * (1 - opacity);
  return [mix(0), mix(1), mix(2)];
}
