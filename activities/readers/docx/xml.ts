import { SaxesParser, type SaxesTagNS } from 'saxes';
import { unreadable } from '../unreadable.js';

const word = new Set([
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'http://purl.oclc.org/ooxml/wordprocessingml/main',
]);

/** An element as the readers ask about it: `w:` for Word's own, whatever prefix the file gives them. */
export type Element = { name: string; attributes: ReadonlyMap<string, string> };
export type Listener = { open(element: Element): void; close(name: string): void; text?(text: string): void };

export const damaged = 'This Word file is damaged. Open it in Word, save it as a new .docx and add that.';

const nameOf = (tag: { uri: string; local: string }): string => (word.has(tag.uri) ? `w:${tag.local}` : tag.local);

/** Deeper than this nobody writes. */
const maxDepth = 512;

/**
 * Reads XML part by part. Nothing is fetched, and a document type, with which entities come, is refused.
 * @throws Refusal `unreadable_source` where it is no sound XML.
 */
export function readXml(bytes: Buffer, listener: Listener): void {
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  parser.on('error', () => {
    throw unreadable(damaged);
  });
  parser.on('doctype', () => {
    throw unreadable(
      'This Word file holds definitions that Word never writes, so it was not read. Open it in Word, save it as a new .docx and add that.',
    );
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    depth += 1;
    if (depth > maxDepth) throw unreadable(damaged);
    const attributes = new Map(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
    listener.open({ name: nameOf(tag), attributes });
  });
  parser.on('closetag', (tag: SaxesTagNS) => {
    depth -= 1;
    listener.close(nameOf(tag));
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = utf16 ? bytes.toString('utf16le') : bytes.toString('utf8');
  const step = 1 << 20;
  for (let at = 0; at < text.length; at += step) parser.write(text.slice(at, at + step));
  parser.close();
}

/** A switch of Word: there without a value means on. */
export function isOn({ attributes }: Element): boolean {
  const value = attributes.get('val');
  return value === undefined || !['0', 'false', 'off', 'none'].includes(value);
}
