import { fileTypeFromBuffer } from 'file-type';
import { unreadable } from './unreadable.js';

export type ImageReading = { mediaType: string; width: number; height: number; warnings: string[] };

const maxSide = 20_000;
const maxPixels = 50_000_000;

type Shape = { width: number; height: number; metadata: boolean };

function png(view: DataView): Shape | undefined {
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452) return undefined;
  let metadata = false;
  for (let at = 8; at + 8 <= view.byteLength;) {
    const size = view.getUint32(at);
    const type = view.getUint32(at + 4);
    if (type === 0x65584966) metadata = true; // eXIf
    if (type === 0x49454e44 && at + 12 <= view.byteLength)
      return { width: view.getUint32(16), height: view.getUint32(20), metadata }; // IEND
    at += 12 + size;
  }
  return undefined;
}

function jpeg(view: DataView): Shape | undefined {
  let metadata = false;
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xe1) metadata = true;
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), metadata };
    if (marker === 0xd9 || marker === 0xda) return undefined;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function webp(view: DataView): Shape | undefined {
  if (view.byteLength < 30) return undefined;
  const kind = view.getUint32(12);
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (kind === 0x56503858)
    return { width: three(24) + 1, height: three(27) + 1, metadata: (view.getUint8(20) & 0x0c) !== 0 }; // VP8X
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true); // VP8L
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, metadata: false };
  }
  if (kind === 0x56503820)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, metadata: false };
  return undefined;
}

const readers: Record<string, (view: DataView) => Shape | undefined> = {
  'image/png': png,
  'image/jpeg': jpeg,
  'image/webp': webp,
};

/**
 * What a picture is and how large, from its bytes alone; it is never unpacked here.
 * @throws Refusal `unreadable_source` where it is no PNG, JPEG or WebP, is cut off, or would unpack to too much.
 */
export async function readImage(bytes: Uint8Array): Promise<ImageReading> {
  const type = await fileTypeFromBuffer(bytes);
  const mediaType = type?.mime === 'image/apng' ? 'image/png' : type?.mime;
  const reader = mediaType === undefined ? undefined : readers[mediaType];
  if (mediaType === undefined || reader === undefined)
    throw unreadable(
      `${type === undefined ? 'This file is not a picture' : `This file is of type ${type.ext}`}. Save the screenshot as PNG, JPEG or WebP and add it again.`,
    );
  const shape = reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (shape === undefined || shape.width < 1 || shape.height < 1)
    throw unreadable('This picture is cut off or damaged. Take the screenshot again.');
  const { width, height } = shape;
  if (width > maxSide || height > maxSide || width * height > maxPixels)
    throw unreadable(
      `This picture is ${width} by ${height} pixels, which is more than a screenshot has. Make it smaller and add it again.`,
    );
  const warnings = shape.metadata
    ? [
        'This picture carries data of its camera or editor, such as a time or a place. It is published with the picture.',
      ]
    : [];
  return { mediaType, width, height, warnings };
}
