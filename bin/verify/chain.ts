import { must, Row, sha256 } from './reading.js';

/** One event as exported. */
export type Event = {
  position: number;
  stream: string;
  seq: number;
  at: string;
  actor: string;
  kind: string;
  hash: string;
  body: Row;
};

/** Every stream, each from its first event on. */
export type Record = Map<string, Event[]>;

const firstPrev = '0'.repeat(64);

function framed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}

/** Recomputes every chain from its first event: an edit, a removal, an insertion or another order breaks one. */
export function checkChains(rows: readonly Row[]): Record {
  const streams: Record = new Map();
  let position = 0;
  for (const row of rows) {
    const [stream, seq] = [row.text('stream'), row.int('seq')];
    const events = streams.get(stream) ?? [];
    streams.set(stream, events);
    const at = `Event ${seq} of ${stream}`;
    must(row.int('position') > position, `${at} stands out of order.`);
    position = row.int('position');
    must(seq === events.length + 1, `Event ${events.length + 1} of ${stream} is missing: ${seq} comes in its place.`);
    const prev = row.text('prev');
    must(prev === (events.at(-1)?.hash ?? firstPrev), `${at} does not follow from the one before it.`);
    const body = row.text('body');
    const fields = [stream, String(seq), row.text('at'), row.text('actor'), row.text('kind'), body, prev];
    must(sha256(Buffer.concat(fields.map(framed))) === row.text('hash'), `${at} is not as it was written.`);
    events.push({
      position,
      stream,
      seq,
      at: row.text('at'),
      actor: row.text('actor'),
      kind: row.text('kind'),
      hash: row.text('hash'),
      body: Row.parse(body, at),
    });
  }
  return streams;
}
