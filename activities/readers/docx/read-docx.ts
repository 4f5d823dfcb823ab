import type { ReadDocument } from '../../../workflows/domain/document.js';
import { Assembly } from '../assemble.js';
import { Parts } from '../parts.js';
import { unreadable, Warnings } from '../unreadable.js';
import { openZip, TooLarge, unpackEntry, type OpenZip } from '../zip.js';
import { Body, type Out } from './body.js';
import { commentsIn } from './comments.js';
import { Numbering } from './numbering.js';
import { Styles } from './styles.js';
import { damaged, readXml } from './xml.js';

const maxEntries = 5_000;
const maxPart = 64 * 1024 * 1024;
const tooMuch =
  'This Word file unpacks to far more than a contract holds, so reading was stopped. Open it in Word, save it as a new .docx and add that.';

/** One part of the file; `undefined` where there is none of that name. */
type Read = (name: string) => Promise<Buffer | undefined>;

function reader({ zip, entries }: OpenZip): Read {
  let left = 2 * maxPart;
  const byName = new Map(entries.map(({ name, entry }) => [name.replace(/^\//, '').toLowerCase(), entry]));
  return async (name) => {
    const entry = byName.get(name.toLowerCase());
    if (entry === undefined) return undefined;
    try {
      const bytes = await unpackEntry(zip, entry, Math.min(maxPart, left));
      left -= bytes.length;
      return bytes;
    } catch (error) {
      throw unreadable(error instanceof TooLarge ? tooMuch : damaged);
    }
  };
}

/** Where the main part lies: as the file says, else where Word puts it. */
async function mainPart(read: Read): Promise<string> {
  let found = 'word/document.xml';
  const rels = await read('_rels/.rels');
  if (rels)
    readXml(rels, {
      open: ({ attributes }) => {
        const target = attributes.get('Target');
        if (target !== undefined && attributes.get('Type')?.endsWith('/officeDocument') === true)
          found = target.replace(/^\//, '');
      },
      close: () => undefined,
    });
  return found;
}

/** Headers and footers that differ are each read once. */
function outerParts({ entries }: OpenZip, folder: string, kind: 'header' | 'footer'): string[] {
  const pattern = new RegExp(`^${folder}${kind}\\d*\\.xml$`, 'i');
  return entries
    .map(({ name }) => name)
    .filter((name) => pattern.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, 40);
}

/**
 * A Word document's words: headers, text with its numbers and tables, notes, footers. What is hidden, deleted or
 * only commented is listed.
 * @throws Refusal `unreadable_source` where it is damaged or unpacks to too much.
 */
export async function readDocx(bytes: Uint8Array): Promise<ReadDocument> {
  let opened: OpenZip;
  try {
    opened = await openZip(bytes, maxEntries);
  } catch {
    throw unreadable(damaged);
  }
  const read = reader(opened);
  const main = await mainPart(read);
  const folder = main.includes('/') ? main.slice(0, main.lastIndexOf('/') + 1) : '';
  const [styles, numbering, warnings] = [new Styles(), new Numbering(), new Warnings()];
  const stylesPart = await read(`${folder}styles.xml`);
  if (stylesPart) readXml(stylesPart, styles);
  const numberingPart = await read(`${folder}numbering.xml`);
  if (numberingPart) readXml(numberingPart, numbering);
  const comments = commentsIn(await read(`${folder}comments.xml`));
  const assembly = new Assembly('docx');
  const parts = new Parts(assembly);
  const once = new Set<string>();
  const out = (only?: Set<string>): Out => ({
    paragraph: (text) => {
      const seen = assembly.seen(parts.page, text).trimEnd();
      if (only?.has(seen)) return;
      only?.add(seen);
      parts.add(seen);
    },
    pageEnd: () => parts.end(),
    hide: (how, text) => assembly.hide(parts.page, how, text),
    comment: (id) => {
      assembly.hide(parts.page, 'comment', comments.get(id) ?? '');
      comments.delete(id);
    },
  });
  const follow = async (name: string, to: Out): Promise<boolean> => {
    const part = await read(name);
    if (part) readXml(part, new Body(to, styles, numbering));
    return part !== undefined;
  };
  for (const name of outerParts(opened, folder, 'header')) await follow(name, out(once));
  if (!(await follow(main, out()))) throw unreadable(damaged);
  for (const name of ['footnotes.xml', 'endnotes.xml']) await follow(`${folder}${name}`, out());
  for (const name of outerParts(opened, folder, 'footer')) await follow(name, out(once));
  for (const text of comments.values()) assembly.hide(parts.page, 'comment', text);
  parts.end();
  if (assembly.pages === 0) warnings.add('No words were found in this Word file. Check that it is the right one.');
  return assembly.done(warnings.list());
}
