import { crc32, deflateRawSync } from 'node:zlib';

/** `claims` is the size that the ZIP says the file has; `flags` of 1 says that it is locked. */
export type Packed = { name: string; bytes: string | Uint8Array; claims?: number; flags?: number };

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
/** Node has had one of its own only since 22. */
function checksum(bytes: Uint8Array): number {
  if (typeof crc32 === 'function') return crc32(bytes);
  let c = 0xffffffff;
  for (const byte of bytes) c = (table[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** A ZIP as it is written down, true or not. */
export function zipOf(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, claims, flags = 0 } of files) {
    const plain = Buffer.from(bytes);
    const packed = deflateRawSync(plain, { level: 9 });
    const title = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(flags | 0x800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(checksum(plain), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims ?? plain.length, 18);
    head.writeUInt16LE(title.length, 22);
    locals.push(Buffer.from('PK\x03\x04'), head, title, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), head, rest, title);
    at += 30 + title.length + packed.length;
  }
  const listed = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const types =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

/** A Word file with this body, and with further parts as they are given. */
export function docxOf(body: string, parts: Record<string, string> = {}, before = ''): Buffer {
  return zipOf([
    { name: '[Content_Types].xml', bytes: types },
    {
      name: 'word/document.xml',
      bytes: `<?xml version="1.0"?>${before}<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
    },
    ...Object.entries(parts).map(([name, inner]) => {
      const root = name.startsWith('header') ? 'hdr' : name.startsWith('footer') ? 'ftr' : name;
      const bytes = `<?xml version="1.0"?><w:${root} xmlns:w="${word}">${inner}</w:${root}>`;
      return { name: `word/${name}.xml`, bytes };
    }),
  ]);
}
