import { execFileSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Trouble } from '../trouble.js';

/** How to run a program that refuses root: a prefix for its command line, and who must own its data folder. */
export type AsUser = { prefix: string[]; owner: { uid: number; gid: number } };

/**
 * Postgres refuses to run as root. A user namespace in which root looks like another user needs no other account and
 * may enter root's own folders; where containers forbid that, an unprivileged account is lent the right to pass
 * through folders, and nothing else.
 */
export function asUser(): AsUser | null {
  if (process.getuid?.() !== 0) return null;
  const account = unprivilegedAccount();
  const inNamespace = ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--'];
  if (works(inNamespace)) return { prefix: inNamespace, owner: { uid: 0, gid: 0 } };
  const lent = ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const passing = [...lent, '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--'];
  if (works(passing)) return { prefix: passing, owner: account };
  if (works([...lent, '--'])) return { prefix: [...lent, '--'], owner: account };
  throw new Trouble(
    'Postgres does not run as root, and neither "unshare" nor "setpriv" works here: start Countersign as a normal user, or set DATABASE_URL.',
  );
}

function works(prefix: string[]): boolean {
  const [command = '', ...args] = [...prefix, 'true'];
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The account of Postgres where the machine has one, otherwise any that is not root: initdb wants a name for its id. */
function unprivilegedAccount(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((account) => account.uid > 0);
  const chosen =
    ['postgres', 'nobody'].map((name) => accounts.find((a) => a.name === name)).find(Boolean) ?? accounts[0];
  if (!chosen)
    throw new Trouble('Postgres does not run as root: start Countersign as a normal user, or set DATABASE_URL.');
  return { uid: chosen.uid, gid: chosen.gid };
}

/** Gives a folder and all that is in it to its owner, where it is not theirs already. */
export function giveTo(folder: string, owner: { uid: number; gid: number }): void {
  const stat = lstatSync(folder);
  if (stat.uid === owner.uid) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) giveTo(inside, owner);
    else chownSync(inside, owner.uid, owner.gid);
  }
  chownSync(folder, owner.uid, owner.gid);
}
