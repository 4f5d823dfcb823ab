import { visibleOnly } from '../../workflows/domain/invisible.js';
import { unreadable, type Warnings } from './unreadable.js';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const startsWith = (bytes: Uint8Array, ...marks: number[]): boolean => marks.every((mark, at) => bytes[at] === mark);

/** Line number, from 1, of byte `at`. */
function lineOfByte(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let i = 0; i < at; i += 1) if (bytes[i] === 10) line += 1;
  return line;
}

/** Line number, from 1, of character `at`. */
export function lineOf(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line += 1;
  return line;
}

/** First byte that is not UTF-8, found by halving: `undefined` where all of it is. */
function firstNotUtf8(bytes: Uint8Array): number | undefined {
  const valid = (to: number): boolean => {
    try {
      // `stream` lets a character be cut at the end of the part.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, to), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  if (valid(bytes.length)) return undefined;
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (valid(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** 0x80 to 0x9f of Windows-1252, which Node's decoder reads as Latin-1 control characters. */
const windowsOnly =
  '\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178';

function decodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding !== 'windows-1252') return new TextDecoder(encoding).decode(bytes);
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin.replace(/[\u0080-\u009f]/g, (character) => windowsOnly.charAt(character.charCodeAt(0) - 0x80));
}

/** True where a file begins with the mark of UTF-16, which some sniffers take for sound. */
export function isUtf16(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
}

function encodingOf(bytes: Uint8Array, warnings: Warnings): Encoding {
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff))
    throw unreadable('This file is encoded as UTF-32. Save it as UTF-8 and add it again.');
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = lineOfByte(bytes, zero);
    throw unreadable(
      `Line ${line} holds zero bytes, so this is not plain text, or it is UTF-16 without its mark. Save it as UTF-8 and add it again.`,
      line,
    );
  }
  const broken = firstNotUtf8(bytes);
  if (broken === undefined) return 'utf-8';
  warnings.add(
    'This file is not UTF-8. It was read as Windows-1252; check the accents and quotation marks.',
    lineOfByte(bytes, broken),
  );
  return 'windows-1252';
}

/**
 * Text of a file with everything that is in it, seen or not, and with lines ended by `\n`.
 * @throws Refusal `unreadable_source` where it is no text.
 */
export function decodeRaw(bytes: Uint8Array, warnings: Warnings): string {
  return decodeBytes(bytes, encodingOf(bytes, warnings)).replace(/\r\n?/g, '\n');
}

/**
 * Text of a file, whatever of the usual encodings it is in, with lines ended by `\n` and without what
 * nobody can see. What was taken out is noted.
 * @throws Refusal `unreadable_source` where it is no text.
 */
export function decodeText(bytes: Uint8Array, warnings: Warnings): string {
  const decoded = decodeRaw(bytes, warnings);
  const { text, removed } = visibleOnly(decoded);
  for (const { what, count, firstAt } of removed)
    warnings.add(`Left out ${what} that nobody can see in the text.`, lineOf(decoded, firstAt), count);
  const lost = text.indexOf('\ufffd');
  if (lost >= 0) warnings.add('A character could not be read and shows as \ufffd.', lineOf(text, lost));
  return text;
}
