import { fileTypeFromBuffer } from 'file-type';
import type { Transcript } from '../../workflows/domain/transcript.js';
import { isTimingLine, readCaptions } from './captions.js';
import { decodeText, isUtf16 } from './decode.js';
import { parsedJson, readJson } from './json.js';
import { readPlain } from './plain.js';
import { unreadable, Warnings } from './unreadable.js';

const advice: Record<string, string> = {
  docx: 'This is a Word document. Export the transcript as .vtt, or save it as plain text, and add that.',
  pdf: 'This is a PDF. Export the transcript as .vtt, .srt or plain text and add that.',
};

/** Text all the same: what is in it is looked at below. */
const asText = new Set<string>(['vtt', 'rtf', 'xml', 'svg', 'html', 'vcf', 'ics']);

async function refuseOtherFiles(bytes: Uint8Array): Promise<void> {
  if (isUtf16(bytes)) return;
  const type = await fileTypeFromBuffer(bytes);
  if (type === undefined || asText.has(type.ext)) return;
  if (/^(?:video|audio)\//.test(type.mime))
    throw unreadable(
      'This is a recording, not a transcript. Add the transcript that your recorder made of it; the recording goes with the run-through.',
    );
  if (type.mime.startsWith('image/'))
    throw unreadable('This is a picture. Add it as a screenshot; the transcript is the text of what was said.');
  throw unreadable(
    advice[type.ext] ?? `This is a file of type ${type.ext}, not a transcript. Add .vtt, .srt, .json or plain text.`,
  );
}

function refuseMarkup(text: string): void {
  const start = text.slice(0, 2000).trimStart();
  if (/^\{\\rtf/i.test(start))
    throw unreadable('Line 1 begins a rich text file (RTF). Save it as plain text and add that.', 1);
  if (/^(?:<\?xml|<!doctype|<html|<head|<body|<svg|<tt[\s>])/i.test(start))
    throw unreadable(
      'Line 1 begins a web page or XML file. Export the transcript as .vtt, .srt or plain text and add that.',
      1,
    );
}

function captionFormat(text: string, name: string, warnings: Warnings): 'vtt' | 'srt' | undefined {
  if (/^WEBVTT(?:[ \t\n]|$)/.test(text)) return 'vtt';
  const lines = text.slice(0, 20_000).split('\n');
  const timed = lines.findIndex(isTimingLine);
  const before = lines.slice(0, Math.max(0, timed)).filter((line) => line.trim() !== '');
  if (timed >= 0 && before.length <= 3) {
    if (/\.vtt$/i.test(name)) warnings.add('The first line does not say WEBVTT. It was read as SubRip (SRT).', 1);
    return 'srt';
  }
  const ending = /\.(vtt|srt)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === undefined) return undefined;
  const first = lines.findIndex((line) => line.trim() !== '') + 1;
  throw unreadable(
    ending === 'vtt'
      ? `Line ${first} should say WEBVTT and does not, and no line has times. Export the transcript again, or rename it to .txt if it is plain text.`
      : `Line ${first} should be a number followed by a line of times, and is not. Export the transcript again, or rename it to .txt if it is plain text.`,
    first,
  );
}

/**
 * A transcript from the bytes of a file: WebVTT, SubRip, JSON or plain text, told by what is in it.
 * @throws Refusal `unreadable_source` with what is wrong, at which line, and what to do.
 */
export async function readTranscript(bytes: Uint8Array, name: string): Promise<Transcript> {
  await refuseOtherFiles(bytes);
  const warnings = new Warnings();
  const text = decodeText(bytes, warnings);
  if (text.trim() === '') throw unreadable('This file is empty. Check that it is the right one.');
  refuseMarkup(text);
  const json = parsedJson(text, name);
  if (json) return readJson(json.root, warnings);
  const format = captionFormat(text, name, warnings);
  return format === undefined ? readPlain(text, warnings) : readCaptions(format, text, warnings);
}
