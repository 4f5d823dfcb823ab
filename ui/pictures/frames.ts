import { transcriptMoment } from '../shared/dates.js';
import { maxSourceBytes } from '../../workflows/domain/sources.js';
import { fileOf } from './encode.js';

/** Near enough to one frame: screens are recorded at 25 to 30 a second. */
export const frameStep = 0.04;

/** Where a key leads from a moment, in seconds; undefined for keys that lead nowhere. */
export function momentAfter(key: string, at: number, length: number): number | undefined {
  const by = { ArrowLeft: -1, ArrowRight: 1, ',': -frameStep, '.': frameStep }[key];
  if (by === undefined) return undefined;
  return Math.max(0, Math.min(length, Math.round((at + by) * 1000) / 1000));
}

const tenthsOf = (seconds: number) => Math.floor(seconds * 10 + 1e-6);

/** A moment of a recording: `02:04.3`. */
export function momentWords(seconds: number): string {
  const tenths = tenthsOf(seconds);
  return `${transcriptMoment(tenths / 10)}.${String(tenths % 10)}`;
}

/**
 * What a frame is called: its moment first, so that drafters can place it by time and a list sorts by it, then the recording.
 * Tenths tell frames of one second apart.
 */
export function frameName(recording: string, seconds: number): string {
  const tenths = tenthsOf(seconds);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const moment = [tenths / 36_000, (tenths / 600) % 60, (tenths / 10) % 60].map(two).join('-');
  const stem = recording
    .replace(/\.[^.]{1,5}$/, '')
    .trim()
    .slice(0, 80);
  return `${moment}.${tenths % 10} ${stem || 'recording'}.png`;
}

/** What stands before the viewer now, as a picture; JPEG where a lossless one would be too large to give. */
export async function frameOf(video: HTMLVideoElement, recording: string): Promise<File> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const name = frameName(recording, video.currentTime);
  const exact = await fileOf(canvas, name, 'image/png');
  return exact.size <= maxSourceBytes.screenshot ? exact : fileOf(canvas, name, 'image/jpeg');
}

/** Resolves once the picture of the moment that was asked for is there. */
export function arrived(video: HTMLVideoElement): Promise<void> {
  if (!video.seeking && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const end = (then: () => void) => () => {
      stop.abort();
      then();
    };
    const stop = new AbortController();
    const { signal } = stop;
    video.addEventListener('seeked', end(resolve), { signal });
    video.addEventListener('canplay', end(resolve), { signal });
    video.addEventListener(
      'error',
      end(() => reject(new Error('The recording broke off.'))),
      { signal },
    );
  });
}
