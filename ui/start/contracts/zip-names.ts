/** Folders, and what a Mac puts beside its files; the server leaves out the same. */
const noFile = /(?:\/|^__MACOSX\/.*|(?:^|\/)\.DS_Store)$/;

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
/** A comment of at most 65,535 bytes may stand behind the end. */
const tailBytes = 22 + 65_535;
const mostListed = 8 * 1024 * 1024;

export type ZipEntryName = { name: string; size: number };

const view = async (file: Blob, from: number, to: number) => new DataView(await file.slice(from, to).arrayBuffer());

/**
 * The files of a ZIP as it lists them, read in this browser so that they can be shown before anything is sent.
 * Undefined where it cannot be told; then the server tells.
 */
export async function zipNames(file: Blob): Promise<ZipEntryName[] | undefined> {
  const tailFrom = Math.max(0, file.size - tailBytes);
  const tail = await view(file, tailFrom, file.size);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== endMark) end -= 1;
  if (end < 0) return undefined;
  const count = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const from = tail.getUint32(end + 16, true);
  // Figures too large for these fields stand elsewhere; such a ZIP is beyond what is taken anyway.
  if (count === 0xffff || size > mostListed || from + size > file.size) return undefined;
  return entriesIn(await view(file, from, from + size), count);
}

function entriesIn(list: DataView, count: number): ZipEntryName[] | undefined {
  const found: ZipEntryName[] = [];
  let at = 0;
  for (let left = count; left > 0; left -= 1) {
    if (at + 46 > list.byteLength || list.getUint32(at, true) !== entryMark) return undefined;
    const nameBytes = list.getUint16(at + 28, true);
    if (at + 46 + nameBytes > list.byteLength) return undefined;
    const path = new TextDecoder().decode(new Uint8Array(list.buffer, list.byteOffset + at + 46, nameBytes));
    const name = path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
    if (!noFile.test(path)) found.push({ name: name || 'A file without a name', size: list.getUint32(at + 24, true) });
    at += 46 + nameBytes + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
  }
  return found;
}
