import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** DejaVu, which travels with the product: the fonts that every PDF reader brings have no ł. */
const files = {
  plain: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  code: 'DejaVuSansMono.ttf',
} as const;
export type Face = keyof typeof files;
export const faces = Object.keys(files) as Face[];

/** Where a font lies: beside this file, and after a build beside the program. */
export function fontFile(face: Face): string {
  const found = fileURLToPath(new URL(`./fonts/${files[face]}`, import.meta.url));
  if (!existsSync(found)) throw new Error(`The font ${files[face]} is missing. Build the product again.`);
  return found;
}
