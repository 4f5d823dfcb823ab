import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';

export type ZipEntry = { name: string; entry: Entry };

/** A packed file, and its entries as it lists them. Names are as written: nobody makes paths of them. */
export type OpenZip = { zip: ZipFile; entries: ZipEntry[] };

/** Opens a packed file given as bytes or as a path, and lists up to `most` entries. */
export async function openZip(source: Uint8Array | string, most: number): Promise<OpenZip> {
  const zip =
    typeof source === 'string'
      ? await openPromise(source, { lazyEntries: true, decodeStrings: false, autoClose: false })
      : await fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.byteLength), {
          lazyEntries: true,
          decodeStrings: false,
        });
  const entries: ZipEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entries.length === most) break;
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileName, entry.extraFields, false);
    entries.push({ name, entry });
  }
  return { zip, entries };
}

/** Thrown where an entry unpacks to more than it may. */
export class TooLarge extends Error {}

/** The bytes of one entry, at most `most` of them, whatever its head says. */
export async function unpackEntry(zip: ZipFile, entry: Entry, most: number): Promise<Buffer> {
  if (entry.uncompressedSize > most) throw new TooLarge();
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > most) {
      stream.destroy();
      throw new TooLarge();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
