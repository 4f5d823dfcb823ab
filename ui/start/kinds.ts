import { maxSourceBytes } from '../../workflows/domain/sources.js';
import { bytes } from '../shared/words.js';

export type GivenKind = 'transcript' | 'screenshot';

const transcriptNames = /\.(vtt|srt|txt|md|json)$/i;
const pictureNames = /\.(png|jpe?g|webp|gif)$/i;
const videoNames = /\.(webm|mp4|m4v|mov|mkv|avi)$/i;
const soundNames = /\.(m4a|mp3|wav|ogg|opus)$/i;
const documentNames = /\.(pdf|docx?|odt|rtf|pages|pptx?)$/i;

type FileFacts = { name: string; type: string; size: number };

/** True for what frames are taken from, in this browser. */
export function isRecording({ name, type }: Pick<FileFacts, 'name' | 'type'>): boolean {
  return videoNames.test(name) || type.startsWith('video/');
}

/** What a file is given as, or in one sentence why it cannot be used and what can. The server looks at the bytes itself. */
export function kindOf({ name, type, size }: FileFacts): { kind: GivenKind } | { refused: string } {
  const kind = kindByName(name, type);
  if (!kind) return { refused: refusalOf(name, type) };
  if (size === 0) return { refused: 'This file is empty. Save it again and drop it again.' };
  const most = maxSourceBytes[kind];
  if (size > most) {
    return {
      refused: `This ${kind} has ${bytes(size)}; at most ${bytes(most)} can be read. ${
        kind === 'screenshot' ? 'Save it smaller, as JPEG.' : 'Cut it into the part that shows the work.'
      }`,
    };
  }
  return { kind };
}

function kindByName(name: string, type: string): GivenKind | undefined {
  if (transcriptNames.test(name)) return 'transcript';
  if (pictureNames.test(name) || /^image\/(png|jpeg|webp|gif)$/.test(type)) return 'screenshot';
  if (type.startsWith('text/')) return 'transcript';
  return undefined;
}

function refusalOf(name: string, type: string): string {
  if (soundNames.test(name) || type.startsWith('audio/')) {
    return 'This is a recording of sound. Add its transcript here; a recording is attached later, at the run-through.';
  }
  if (documentNames.test(name)) {
    return 'A document cannot be read here. Save the transcript as .vtt, .srt, .json or .txt and drop it again.';
  }
  if (type.startsWith('image/'))
    return 'This kind of picture cannot be shown. Save it as PNG or JPEG and drop it again.';
  return 'This is neither a transcript (.vtt, .srt, .json, .txt) nor a screenshot (PNG, JPEG).';
}
