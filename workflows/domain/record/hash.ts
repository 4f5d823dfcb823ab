import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** What an event's hash covers, in this order; `hash` itself is the answer. */
export type ChainedEvent = {
  stream: string;
  seq: number;
  at: string;
  actor: string;
  kind: string;
  body: string;
  prev: string;
  hash: string;
};

/** The `prev` of a stream's first event. */
export const firstPrev = '0'.repeat(64);

/** Eight bytes of length, big-endian, then the text: no two lists of texts make the same bytes. */
function framed(text: string): Uint8Array {
  const bytes = utf8ToBytes(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length));
  return concatBytes(length, bytes);
}

/** SHA-256 over the length-framed fields: the same as the database's event_hash(). */
export function eventHash(event: Omit<ChainedEvent, 'hash'>): string {
  const parts = [event.stream, String(event.seq), event.at, event.actor, event.kind, event.body, event.prev];
  return bytesToHex(sha256(concatBytes(...parts.map(framed))));
}

/** Follows one stream from its first event; answers the seq of the first event that is not as it was written. */
export class ChainFollower {
  private prev = firstPrev;
  private seq = 0;

  /** False where this event does not follow from the one before. */
  follow(event: ChainedEvent): boolean {
    const whole = event.seq === this.seq + 1 && event.prev === this.prev && eventHash(event) === event.hash;
    this.seq = event.seq;
    this.prev = event.hash;
    return whole;
  }

  get head(): { seq: number; hash: string } {
    return { seq: this.seq, hash: this.prev };
  }
}
