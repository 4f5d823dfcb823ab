import type { Material } from './drafter.js';
import { fence } from './fence.js';

const shown = ['image/png', 'image/jpeg', 'image/webp'] as const;
const maxImageBytes = 5 * 1024 * 1024;
const maxImagesBytes = 18 * 1024 * 1024;
const maxSide = 8000;

export type Picture = { words: string; image: { mediaType: (typeof shown)[number]; base64: string } | null };

/** Images, each under its number. One that is too large to send is named, so that numbers stay right. */
export function pictures(material: readonly Material[]): Picture[] {
  let sent = 0;
  let number = 0;
  return material.flatMap((item): Picture[] => {
    if (item.kind !== 'image') return [];
    number += 1;
    const mediaType = shown.find((known) => known === item.mediaType);
    const fits = item.bytes.length <= maxImageBytes && Math.max(item.width, item.height) <= maxSide;
    if (mediaType === undefined || !fits || sent + item.bytes.length > maxImagesBytes)
      return [{ words: `Screenshot ${number} is too large to be shown here.`, image: null }];
    sent += item.bytes.length;
    const words = `Screenshot ${number}:\n${fence('file name', item.name)}`;
    return [{ words, image: { mediaType, base64: Buffer.from(item.bytes).toString('base64') } }];
  });
}
