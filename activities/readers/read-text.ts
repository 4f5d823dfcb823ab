import type { ReadDocument } from '../../workflows/domain/document.js';
import { Assembly } from './assemble.js';
import { decodeRaw } from './decode.js';
import { Parts } from './parts.js';
import { unreadable, Warnings } from './unreadable.js';

/**
 * A contract as plain text. Paragraphs are parted by empty lines, pages by form feeds where there are any.
 * @throws Refusal `unreadable_source` where it is no text, or empty.
 */
export function readText(bytes: Uint8Array): ReadDocument {
  const warnings = new Warnings();
  const raw = decodeRaw(bytes, warnings);
  const assembly = new Assembly('text');
  const parts = new Parts(assembly);
  for (const page of raw.split('\f')) {
    for (const paragraph of page.split(/\n[^\S\n]*\n\s*/)) parts.add(assembly.seen(parts.page, paragraph).trimEnd());
    parts.end();
  }
  if (assembly.pages === 0) throw unreadable('This file is empty. Check that it is the right one.');
  return assembly.done(warnings.list());
}
