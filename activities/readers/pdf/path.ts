import { xOf, yOf, type Box, type Matrix, type Polygon } from './geometry.js';

/** More corners than this are an illustration: nothing is hidden under it that we could tell. */
const maxCorners = 4_000;

/**
 * The shapes of a path as pdf.js hands it on: 0 move, 1 line, 2 curve, 3 quadratic curve, 4 close, each followed by
 * its points. Curves are followed in a few straight steps.
 */
export function shapesOf(data: ArrayLike<number>, m: Matrix): Polygon[] {
  const shapes: Polygon[] = [];
  let shape: Polygon = [];
  let x = 0;
  let y = 0;
  const to = (nextX: number, nextY: number): void => {
    [x, y] = [nextX, nextY];
    shape.push(xOf(m, x, y), yOf(m, x, y));
  };
  const n = (at: number): number => data[at] ?? 0;
  let corners = 0;
  for (let at = 0; at < data.length && corners < maxCorners; corners += 1) {
    const kind = n(at);
    if (kind === 0) {
      if (shape.length >= 4) shapes.push(shape);
      shape = [];
      to(n(at + 1), n(at + 2));
      at += 3;
    } else if (kind === 1) {
      to(n(at + 1), n(at + 2));
      at += 3;
    } else if (kind === 2 || kind === 3) {
      const [x0, y0] = [x, y];
      const points = kind === 2 ? 3 : 2;
      const p = (index: number): number => n(at + 1 + index);
      for (const t of [0.25, 0.5, 0.75, 1]) {
        const u = 1 - t;
        if (points === 3)
          to(
            u * u * u * x0 + 3 * u * u * t * p(0) + 3 * u * t * t * p(2) + t * t * t * p(4),
            u * u * u * y0 + 3 * u * u * t * p(1) + 3 * u * t * t * p(3) + t * t * t * p(5),
          );
        else to(u * u * x0 + 2 * u * t * p(0) + t * t * p(2), u * u * y0 + 2 * u * t * p(1) + t * t * p(3));
      }
      at += 1 + points * 2;
    } else at += 1;
  }
  if (shape.length >= 4) shapes.push(shape);
  return shapes;
}

/** The box around shapes; `undefined` where there are none. */
export function around(shapes: readonly Polygon[]): Box | undefined {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const points of shapes)
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x = 0, y = 0] = [points[i], points[i + 1]];
      box.x0 = Math.min(box.x0, x);
      box.x1 = Math.max(box.x1, x);
      box.y0 = Math.min(box.y0, y);
      box.y1 = Math.max(box.y1, y);
    }
  return box.x1 >= box.x0 ? box : undefined;
}

/** True where the shapes are one upright rectangle, so that its box says everything. */
export function isRectangle(shapes: readonly Polygon[]): boolean {
  const [points] = shapes;
  if (shapes.length !== 1 || points === undefined || points.length < 8 || points.length > 10) return false;
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + 2) % points.length;
    const across = Math.abs((points[i] ?? 0) - (points[j] ?? 0));
    const down = Math.abs((points[i + 1] ?? 0) - (points[j + 1] ?? 0));
    if (across > 0.05 && down > 0.05) return false;
  }
  return true;
}

/** A straight upright stroke as the rectangle that its ink fills. */
export function strokeBox(shapes: readonly Polygon[], thickness: number): Box | undefined {
  const [points] = shapes;
  if (shapes.length !== 1 || points === undefined || points.length !== 4) return undefined;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  const half = thickness / 2;
  if (Math.abs(y0 - y1) < 0.05) return { x0: Math.min(x0, x1), x1: Math.max(x0, x1), y0: y0 - half, y1: y0 + half };
  if (Math.abs(x0 - x1) < 0.05) return { x0: x0 - half, x1: x0 + half, y0: Math.min(y0, y1), y1: Math.max(y0, y1) };
  return undefined;
}
