import { open, readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Refusal } from '../../workflows/domain/errors.js';
import { maxSourceBytes, type SourceKind } from '../../workflows/domain/sources.js';
import { decodeText } from './decode.js';
import { readImage } from './image.js';
import { readDocument } from './document.js';
import { sniffRecording } from './media.js';
import type { ReadAnswer, ReadRequest } from './read.js';
import { readTranscript } from './transcript.js';
import { Warnings } from './unreadable.js';

const mediaTypes = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  text: 'text/plain',
} as const;

async function head(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(256 * 1024);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function plainText(path: string): Promise<ReadAnswer> {
  const warnings = new Warnings();
  decodeText(await readFile(path), warnings);
  return { mediaType: 'text/plain', reading: { kind: 'none' }, warnings: warnings.list() };
}

const kinds: Record<SourceKind, (request: ReadRequest) => Promise<ReadAnswer>> = {
  transcript: async ({ path, name }) => {
    const transcript = await readTranscript(await readFile(path), name);
    return {
      mediaType: mediaTypes[transcript.format],
      reading: { kind: 'transcript', transcript },
      warnings: transcript.warnings,
    };
  },
  screenshot: async ({ path }) => {
    const { mediaType, ...shape } = await readImage(await readFile(path));
    return { mediaType, reading: { kind: 'image', ...shape }, warnings: shape.warnings };
  },
  recording: async ({ path }) => ({
    mediaType: await sniffRecording(await head(path)),
    reading: { kind: 'none' },
    warnings: [],
  }),
  document: async ({ path, name }) => {
    const { mediaType, document } = await readDocument(await readFile(path), name);
    return { mediaType, reading: { kind: 'document', document }, warnings: document.warnings };
  },
  notes: ({ path }) => plainText(path),
  series: ({ path }) => plainText(path),
  history: ({ path }) => plainText(path),
};

async function answer(
  request: ReadRequest,
): Promise<{ answer: ReadAnswer } | { refusal: { code: string; message: string; details?: object } }> {
  try {
    const { size } = await stat(request.path);
    if (size > maxSourceBytes[request.kind])
      throw new Refusal(
        'too_large',
        `This file is larger than ${maxSourceBytes[request.kind] / 1024 / 1024} MB. Make it smaller and add it again.`,
      );
    return { answer: await kinds[request.kind](request) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      refusal: { code: error.code, message: error.message, ...(error.details ? { details: error.details } : {}) },
    };
  }
}

// A child of the API or of a worker: one request on stdin, one answer on stdout.
// The request is written by read.ts of the same build, so its shape is known.
const request = JSON.parse(await text(process.stdin)) as ReadRequest;
process.stdout.write(JSON.stringify(await answer(request)));
