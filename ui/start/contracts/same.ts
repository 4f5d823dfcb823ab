const piece = 1024 * 1024;

/** True where two files have the same bytes. Compared as they are, so that it works over plain http too. */
export async function sameBytes(one: Blob, other: Blob): Promise<boolean> {
  if (one.size !== other.size) return false;
  for (let from = 0; from < one.size; from += piece) {
    const [a, b] = await Promise.all(
      [one, other].map(async (file) => new Uint8Array(await file.slice(from, from + piece).arrayBuffer())),
    );
    if (!a || !b || a.some((byte, at) => byte !== b[at])) return false;
  }
  return true;
}
