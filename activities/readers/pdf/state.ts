import type { Box, Matrix, Polygon } from './geometry.js';
import type { Colour } from './ink.js';

/** What pdf.js says of a font, as far as it is asked. */
export type Font = {
  ascent?: number | undefined;
  descent?: number | undefined;
  vertical?: boolean | undefined;
  isType3Font?: boolean | undefined;
  fontMatrix?: ArrayLike<number> | undefined;
  defaultVMetrics?: ArrayLike<number> | undefined;
  /** Of a font whose letters are drawings, what each draws. */
  charProcOperatorList?:
    Readonly<Record<string, { fnArray: readonly number[]; argsArray: readonly unknown[] }>> | undefined;
};

/** How a page draws at one moment; saved and brought back as the page says. */
export type State = {
  ctm: Matrix;
  clip: Box;
  /** Clips that are no upright rectangle: a point must be inside each. */
  clips: readonly (readonly Polygon[])[];
  fill: Colour;
  stroke: Colour;
  /** False where the fill is a pattern that may let through what is under it. */
  solid: boolean;
  fillOpacity: number;
  strokeOpacity: number;
  /** What the groups around let through. */
  groupOpacity: number;
  /** Neither a blending nor a mask of its own. */
  normal: boolean;
  masked: boolean;
  /** Inside a group that only masks something else. */
  inMask: boolean;
  lineWidth: number;
  font: Font | undefined;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  stretch: number;
  leading: number;
  rise: number;
  mode: number;
};

/** A page before anything is drawn on it. */
export function freshState(ctm: Matrix, clip: Box): State {
  return {
    ctm,
    clip,
    clips: [],
    fill: [0, 0, 0],
    stroke: [0, 0, 0],
    solid: true,
    fillOpacity: 1,
    strokeOpacity: 1,
    groupOpacity: 1,
    normal: true,
    masked: false,
    inMask: false,
    lineWidth: 1,
    font: undefined,
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    stretch: 1,
    leading: 0,
    rise: 0,
    mode: 0,
  };
}
