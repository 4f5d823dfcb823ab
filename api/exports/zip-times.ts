/** 1 January 1980, 00:00, as ZIP writes a moment: the earliest there is. */
const time = 0;
const day = (1 << 5) | 1;

/** The same ZIP with every entry's time set to one fixed moment, so that the same contents are the same bytes. */
export function fixedTimes(zip: Buffer): Buffer {
  const fixed = Buffer.from(zip);
  const end = fixed.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0) throw new TypeError('This is no ZIP.');
  let at = fixed.readUInt32LE(end + 16);
  for (let left = fixed.readUInt16LE(end + 10); left > 0; left -= 1) {
    const local = fixed.readUInt32LE(at + 42);
    for (const place of [at + 12, local + 10]) {
      fixed.writeUInt16LE(time, place);
      fixed.writeUInt16LE(day, place + 2);
    }
    at += 46 + fixed.readUInt16LE(at + 28) + fixed.readUInt16LE(at + 30) + fixed.readUInt16LE(at + 32);
  }
  return fixed;
}
