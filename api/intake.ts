import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readInChild } from '../activities/readers/read.js';
import { addSource } from '../db/commands/sources.js';
import type { Actor } from '../db/commands/start-run.js';
import { putFile } from '../db/files.js';
import { newId } from '../db/ids.js';
import type { SourceAdded } from './contract/sources.js';
import type { Deps } from './deps.js';
import type { Caller } from './kit.js';
import { createTurns, readersAtOnce } from './turns.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Upload } from './uploads.js';

/** Where files are while they come in. */
export function incoming(data: string): string {
  return join(data, 'uploads');
}

/** Who acts, as the database's functions want to know it. */
export function actorOf(caller: Caller): Actor {
  if (caller.kind === 'person') return { token: caller.token };
  if (caller.kind === 'key') return { keyId: caller.id };
  throw new Refusal('not_signed_in', 'Sign in to go on.');
}

/** Readers for everybody who gives something, in turns. */
export const readInTurn = createTurns(readersAtOnce());

/** Whose turn it is, among those who wait. */
export function turnOf(actor: Actor): string {
  return 'token' in actor ? actor.token : actor.keyId;
}

/**
 * Makes a source of a file that has come in: read in a child process, its type sniffed and not believed, stored under
 * its hash, then recorded. The incoming file goes, whatever happens.
 */
export async function takeIn(deps: Deps, actor: Actor, upload: Upload): Promise<SourceAdded> {
  const { path, kind, name, sha256, bytes } = upload;
  try {
    if (bytes === 0) throw new Refusal('unreadable_source', 'This file is empty.');
    const limits = deps.readerFile === undefined ? {} : { readerFile: deps.readerFile };
    const {
      mediaType,
      reading: read,
      warnings,
    } = await readInTurn(turnOf(actor), () => readInChild({ path, kind, name }, limits));
    await putFile(deps.data, path, sha256);
    const source = { id: newId(), kind, name, mediaType, sha256, bytes, reading: read };
    const { id } = await addSource(deps.db, { actor, source });
    return { id, sha256, kind, mediaType, bytes, name, warnings };
  } finally {
    await rm(path, { force: true });
  }
}
