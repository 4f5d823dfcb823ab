import type { DocumentPage, HidingWay } from '../../../workflows/domain/document.js';
import { compose } from './compose.js';
import { areaOf, type Box } from './geometry.js';
import type { Paint, Word } from './ink.js';
import { seen } from './visibility.js';

export type PageSeen = {
  text: string;
  runs: number[];
  words: DocumentPage['words'];
  hidden: { how: HidingWay; text: string }[];
  /** The page is a picture with a layer of text that nobody sees, as text recognition leaves it. */
  layer: boolean;
};

const letters = (words: readonly Word[]): number => words.reduce((sum, { text }) => sum + text.length, 0);

/** Fewer letters than this beside a large picture are a stamp on it. */
const stamp = 60;

/** Consecutive words hidden in the same way, as one text. */
function gathered(hidden: readonly { word: Word; how: HidingWay }[]): PageSeen['hidden'] {
  const found: PageSeen['hidden'] = [];
  let last: { word: Word; how: HidingWay } | undefined;
  for (const one of hidden) {
    const open = found.at(-1);
    const near = last !== undefined && one.word.ink.order === last.word.ink.order;
    const joins =
      last !== undefined &&
      !last.word.spaceAfter &&
      !one.word.spaceBefore &&
      Math.abs(one.word.base - last.word.base) < 0.2 * one.word.size &&
      one.word.from - last.word.pen < 0.13 * one.word.size &&
      one.word.from - last.word.pen > -one.word.size;
    if (open && last?.how === one.how) open.text += `${joins && !near ? '' : ' '}${one.word.text}`;
    else found.push({ how: one.how, text: one.word.text });
    last = one;
  }
  return found;
}

/** Parts what a page shows from what it hides, and puts what it shows in the order of reading. */
export function seePage(words: readonly Word[], paints: readonly Paint[], page: Box, drew: boolean): PageSeen {
  const shown: Word[] = [];
  const hidden: { word: Word; how: HidingWay }[] = [];
  const behindImage: Word[] = [];
  for (const word of words) {
    const { how, byImage } = seen(word, page, paints);
    if (how === undefined) shown.push(word);
    else {
      hidden.push({ word, how });
      if (how === 'not-drawn' || byImage) behindImage.push(word);
    }
  }
  const pageArea = Math.max(1, areaOf(page));
  const picture = paints.filter(({ image }) => image).reduce((sum, { box }) => sum + areaOf(box), 0) / pageArea;
  const layer =
    picture >= 0.5 && behindImage.length > 0 && letters(shown) < Math.max(stamp, 0.1 * letters(behindImage));
  const isImage = layer || (shown.length === 0 && drew) || (picture >= 0.5 && letters(shown) < stamp);
  const listed = layer ? hidden.filter(({ word }) => !behindImage.includes(word)) : hidden;
  return { ...compose(shown), words: isImage ? 'image' : 'text', hidden: gathered(listed), layer };
}
