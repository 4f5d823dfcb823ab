/** Six numbers as PDF has them: `x' = a x + c y + e`, `y' = b x + d y + f`. */
export type Matrix = readonly [number, number, number, number, number, number];
/** In points, from the top left of the page as turned for reading. */
export type Box = { x0: number; y0: number; x1: number; y1: number };
/** Corners of a closed shape: x and y in turn. */
export type Polygon = number[];

/** First `inner`, then `outer`. */
export function combine(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  return [
    a * inner[0] + c * inner[1],
    b * inner[0] + d * inner[1],
    a * inner[2] + c * inner[3],
    b * inner[2] + d * inner[3],
    a * inner[4] + c * inner[5] + e,
    b * inner[4] + d * inner[5] + f,
  ];
}

/** Six finite numbers as a matrix; what a file says wrongly changes nothing. */
export function matrixOf(numbers: ArrayLike<unknown> | null | undefined): Matrix {
  const at = (index: number): number => {
    const value = numbers?.[index];
    return typeof value === 'number' && Number.isFinite(value) ? value : index === 0 || index === 3 ? 1 : 0;
  };
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}

export const xOf = (m: Matrix, x: number, y: number): number => m[0] * x + m[2] * y + m[4];
export const yOf = (m: Matrix, x: number, y: number): number => m[1] * x + m[3] * y + m[5];

/** The upright box around a rectangle that a matrix turns. */
export function boxOf(m: Matrix, left: number, bottom: number, right: number, top: number): Box {
  const xs = [xOf(m, left, bottom), xOf(m, right, bottom), xOf(m, left, top), xOf(m, right, top)];
  const ys = [yOf(m, left, bottom), yOf(m, right, bottom), yOf(m, left, top), yOf(m, right, top)];
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

/** What two boxes share; turned inside out where they share nothing. */
export function shared(one: Box, other: Box): Box {
  return {
    x0: Math.max(one.x0, other.x0),
    y0: Math.max(one.y0, other.y0),
    x1: Math.min(one.x1, other.x1),
    y1: Math.min(one.y1, other.y1),
  };
}

export function areaOf({ x0, y0, x1, y1 }: Box): number {
  return x1 > x0 && y1 > y0 ? (x1 - x0) * (y1 - y0) : 0;
}

export function around(one: Box, other: Box): Box {
  return {
    x0: Math.min(one.x0, other.x0),
    y0: Math.min(one.y0, other.y0),
    x1: Math.max(one.x1, other.x1),
    y1: Math.max(one.y1, other.y1),
  };
}

/** True where a point is inside closed shapes drawn in one go, by the nonzero rule. */
export function inside(shapes: readonly Polygon[], x: number, y: number): boolean {
  let winding = 0;
  for (const points of shapes) {
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [points[j], points[j + 1], points[i], points[i + 1]];
      const side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
      if (y0 <= y && y1 > y && side > 0) winding += 1;
      else if (y0 > y && y1 <= y && side < 0) winding -= 1;
    }
  }
  return winding !== 0;
}
