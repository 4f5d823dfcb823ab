import { z } from 'zod';
import type { Db } from '../connect.js';
import { ask } from './refuse.js';

/** Makes a signing key known. The same key again changes nothing. */
export function registerSigningKey(
  db: Db,
  { keyId, publicKey }: { keyId: string; publicKey: string },
): Promise<{ registered: boolean }> {
  return ask(
    db.sql`select register_signing_key(${keyId}::text, ${publicKey}::text) as answer`,
    z.object({ registered: z.boolean() }),
  );
}

export type SealCheckpoint = {
  number: number;
  at: string;
  body: string;
  digest: string;
  signature: string;
  keyId: string;
};

/** Stores a signed checkpoint. Refused (wrong_state) where another sealed that number first. */
export function sealCheckpoint(db: Db, a: SealCheckpoint): Promise<{ number: number }> {
  return ask(
    db.sql`select seal_checkpoint(${a.number}::int, ${a.at}::text, ${a.body}::text, ${a.digest}::text,
      ${a.signature}::text, ${a.keyId}::text) as answer`,
    z.object({ number: z.int() }),
  );
}
