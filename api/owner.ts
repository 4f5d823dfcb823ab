import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bootstrapOwner, ensureSetupLink } from '../db/commands/people.js';
import type { Db } from '../db/connect.js';
import { newId } from '../db/ids.js';
import { accountByEmail } from '../db/queries/accounts.js';
import { setUpIsNeeded } from '../db/queries/person.js';
import { Refusal } from '../workflows/domain/errors.js';
import { ensureUser, type Auth } from './auth.js';

/** A one-time token: 256 bits that no table holds. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What of a token is stored. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function linkFile(data: string): string {
  return join(data, 'owner-link.txt');
}

/** Takes the owner's link away, once it is used. */
export function dropOwnerLink(data: string): void {
  rmSync(linkFile(data), { force: true });
}

/**
 * At every start while nobody can administer: makes a fresh link and leaves it where `npm start` and
 * `countersign owner-link` look, readable by this account only.
 */
export async function offerOwnerLink(db: Db, data: string, publicUrl: string): Promise<void> {
  if (!(await setUpIsNeeded(db))) return dropOwnerLink(data);
  const token = newToken();
  try {
    await ensureSetupLink(db, { id: newId(), tokenHash: tokenHash(token) });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'already_used') return dropOwnerLink(data);
    throw error;
  }
  const file = linkFile(data);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.${process.pid}`, `${new URL(`/setup#${token}`, publicUrl).href}\n`, { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}

/** The owner named by the settings, made once; repeatable where a start was cut off half-way. */
export async function bootstrapFromEnv(
  auth: Auth,
  db: Db,
  owner: { email: string; password: string } | undefined,
): Promise<void> {
  if (owner === undefined || !(await setUpIsNeeded(db))) return;
  const name = owner.email.split('@')[0] ?? owner.email;
  const known = await accountByEmail(db, owner.email);
  const userId = await ensureUser(auth, { ...owner, name: known?.name ?? name });
  try {
    await bootstrapOwner(db, { user: userId });
  } catch (error) {
    // Another process was first.
    if (!(error instanceof Refusal && error.code === 'already_used')) throw error;
  }
}
