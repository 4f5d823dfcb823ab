import { fileTypeFromBuffer } from 'file-type';
import { unreadable } from './unreadable.js';

const recordings = new Set([
  'video/webm',
  'video/mp4',
  'video/quicktime',
  'video/matroska',
  'video/x-matroska',
  'video/x-m4v',
]);

/**
 * The type of a recording, from the start of its bytes.
 * @throws Refusal `unreadable_source` where it is no WebM, MP4, MOV or MKV.
 */
export async function sniffRecording(head: Uint8Array): Promise<string> {
  const type = await fileTypeFromBuffer(head);
  if (type !== undefined && recordings.has(type.mime)) return type.mime;
  if (type?.mime.startsWith('audio/') === true)
    throw unreadable('This recording has sound only. A run-through shows the screen: add WebM, MP4, MOV or MKV.');
  throw unreadable(
    `${type === undefined ? 'This file is not a recording' : `This file is of type ${type.ext}`}. Add WebM, MP4, MOV or MKV.`,
  );
}
