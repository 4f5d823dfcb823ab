import { inflateSync } from 'node:zlib';

/** A picture that a document can hold. */
export type Picture = { type: 'png' | 'jpg'; width: number; height: number; bytes: Buffer };

const mostPixels = 50_000_000;
const pngMark = Buffer.from('89504e470d0a1a0a', 'hex');
/** Samples of a pixel by PNG colour type. */
const samples: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function png(bytes: Buffer): Picture | undefined {
  if (bytes.length < 33) return undefined;
  const [width, height, depth, colour, interlace] = [
    bytes.readUInt32BE(16),
    bytes.readUInt32BE(20),
    bytes.readUInt8(24),
    bytes.readUInt8(25),
    bytes.readUInt8(28),
  ];
  const perPixel = samples[colour];
  if (
    perPixel === undefined ||
    width * height === 0 ||
    width * height > mostPixels ||
    interlace !== 0 ||
    ![1, 2, 4, 8, 16].includes(depth)
  )
    return undefined;
  const parts: Buffer[] = [];
  let palette = false;
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    if (kind === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + size));
    palette ||= kind === 'PLTE';
    at += 12 + size;
  }
  // Unpacked once here: the PDF library throws outside of any call where a picture is damaged.
  const row = Math.ceil((width * depth * perPixel) / 8) + 1;
  const pixels = inflateSync(Buffer.concat(parts), { maxOutputLength: row * height + 1 });
  if (pixels.length !== row * height || (colour === 3 && !palette)) return undefined;
  for (let at = 0; at < pixels.length; at += row) if (pixels.readUInt8(at) > 4) return undefined;
  return { type: 'png', width, height, bytes };
}

function jpeg(bytes: Buffer): Picture | undefined {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes.readUInt8(at) !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return width * height === 0 ? undefined : { type: 'jpg', width, height, bytes };
    } else if (marker === 0xd9 || marker === 0xda) return undefined;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** What the bytes show, where a document can hold it: a whole PNG or JPEG. Anything else is undefined, and is said. */
export function pictureOf(bytes: Buffer | undefined): Picture | undefined {
  try {
    if (bytes?.subarray(0, 8).equals(pngMark)) return png(bytes);
    if (bytes?.subarray(0, 2).equals(Buffer.from('ffd8', 'hex'))) return jpeg(bytes);
  } catch {
    return undefined;
  }
  return undefined;
}

/** The line that stands where a picture cannot. */
export function missingPicture(alt: string, path: string): string {
  return `[${alt === '' ? 'Picture' : alt}: ${path}. This kind of picture does not fit in here; it lies beside the published page.]`;
}
