import type { HidingWay } from '../../../workflows/domain/document.js';
import { colourOf, nearlySame } from '../pdf/ink.js';
import type { Look } from './styles.js';

/** Half points: below two points nobody reads. */
const smallest = 4;

/**
 * Why nobody sees letters that look like this on that ground, if so. The ground is `auto` for the paper and `unknown`
 * where it cannot be told.
 */
export function hiddenBy(look: Look, ground: string): HidingWay | undefined {
  if (look.hidden === true) return 'marked-hidden';
  if (look.size !== undefined && look.size < smallest) return 'tiny';
  if (look.width !== undefined && look.width <= 5) return 'tiny';
  const own = look.shade === undefined || look.shade === 'auto' ? ground : look.shade;
  const behind = colourOf(`#${own === 'auto' ? 'FFFFFF' : own}`);
  const colour = colourOf(`#${look.colour ?? 'auto'}`);
  return colour !== undefined && behind !== undefined && nearlySame(colour, behind) ? 'background-colour' : undefined;
}
