import type { HidingWay } from '../../../workflows/domain/document.js';
import { areaOf, inside, shared, type Box } from './geometry.js';
import { blend, nearlySame, type Colour, type Paint, type Word } from './ink.js';

/** Type below this many points is read by no one. */
const smallest = 2;

/** Nine places in a word: what most of them show is what is seen of it. */
const places = [0.1, 0.5, 0.9] as const;

function reaches(paint: Paint, x: number, y: number): boolean {
  const { box, shapes } = paint;
  if (x < box.x0 || x > box.x1 || y < box.y0 || y > box.y1) return false;
  return shapes.every((shape) => inside(shape, x, y));
}

type Point = { covered: boolean; byImage: boolean; behind: Colour };

function pointOf(word: Word, paints: readonly Paint[], x: number, y: number): Point {
  let behind: Colour = [255, 255, 255];
  let through = 1;
  let byImage = false;
  for (const paint of paints) {
    if (!reaches(paint, x, y)) continue;
    if (paint.order < word.ink.order) behind = blend(paint.colour, paint.covers ? paint.opacity : 0.5, behind);
    else if (paint.covers) {
      through *= 1 - paint.opacity;
      byImage ||= paint.image && paint.opacity > 0.9;
    }
  }
  return { covered: through < 0.06, byImage, behind };
}

/** What is wrong with a word's place, ink or size, before anything around it is looked at. */
function inItself(word: Word, page: Box): HidingWay | undefined {
  const { box, ink, size } = word;
  const area = Math.max(areaOf(box), 1e-6);
  if (areaOf(shared(box, page)) / area < 0.15) return 'off-page';
  if (ink.none) return 'not-drawn';
  if (size < smallest) return 'tiny';
  return areaOf(shared(box, ink.clip)) / area < 0.15 ? 'not-drawn' : undefined;
}

export type Seen = { how: HidingWay | undefined; byImage: boolean };

/** Whether a word is seen on its page, and if not, why. */
export function seen(word: Word, page: Box, paints: readonly Paint[]): Seen {
  const how = inItself(word, page);
  if (how !== undefined) return { how, byImage: false };
  const { box, ink } = word;
  const near = paints.filter(
    (paint) => paint.box.x0 < box.x1 && paint.box.x1 > box.x0 && paint.box.y0 < box.y1 && paint.box.y1 > box.y0,
  );
  let covered = 0;
  let byImage = 0;
  let merged = 0;
  let open = 0;
  for (const across of places)
    for (const down of places) {
      const x = box.x0 + (box.x1 - box.x0) * across;
      const y = box.y0 + (box.y1 - box.y0) * down;
      const point = near.length === 0 ? undefined : pointOf(word, near, x, y);
      if (point?.covered === true) {
        covered += 1;
        byImage += point.byImage ? 1 : 0;
        continue;
      }
      open += 1;
      const behind: Colour = point === undefined ? [255, 255, 255] : point.behind;
      const shown = blend(ink.colour, ink.opacity, behind);
      if (shown !== undefined && behind !== undefined && nearlySame(shown, behind)) merged += 1;
    }
  if (covered >= 8) return { how: 'covered', byImage: byImage >= 8 };
  return { how: open > 0 && merged >= Math.max(1, open - 1) ? 'background-colour' : undefined, byImage: false };
}
