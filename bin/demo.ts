import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readEnv, type BinEnv } from './env.js';
import { say } from './say.js';
import { start } from './start.js';
import { Trouble } from './trouble.js';

const EMAIL = 'demo@countersign.example';

/** A Countersign to look around in: its own data folder, its own port, a sample, and somebody to sign in as. */
export async function demo(env: BinEnv): Promise<void> {
  const data = path.resolve('.countersign-demo');
  const password = demoPassword(data);
  const demoEnv = readEnv({
    ...env.inherited,
    PORT: String(env.inherited['PORT'] ? env.port : 4848),
    COUNTERSIGN_PUBLIC_URL: '',
    COUNTERSIGN_DATA: data,
    COUNTERSIGN_SIGNING_KEY_FILE: '',
    COUNTERSIGN_OWNER_EMAIL: EMAIL,
    COUNTERSIGN_OWNER_PASSWORD: password,
    // Its own database and engine, whatever this machine is set up for.
    DATABASE_URL: '',
    DATABASE_API_URL: '',
    DATABASE_WORKER_URL: '',
    TEMPORAL_ADDRESS: '',
  });
  await start(demoEnv, async () => {
    await loadSample(demoEnv.publicUrl, password);
    say(`Sign in as ${EMAIL} with the password ${password}`);
  });
}

function demoPassword(data: string): string {
  const file = path.join(data, 'demo-password.txt');
  if (!existsSync(file)) {
    mkdirSync(data, { recursive: true });
    writeFileSync(file, randomBytes(12).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

/** The sample goes in through the door that the "start with a sample" button uses. */
async function loadSample(url: string, password: string): Promise<void> {
  const post = (route: string, body: unknown, cookie = '') =>
    fetch(`${url}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(body),
    });
  const signedIn = await post('/api/auth/sign-in/email', { email: EMAIL, password });
  if (!signedIn.ok)
    throw new Trouble('The demo could not sign in: remove the folder .countersign-demo and start the demo again.');
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const runs = await fetch(`${url}/api/runs`, { headers: { cookie } });
  const held = z
    .object({ items: z.array(z.unknown()).optional(), runs: z.array(z.unknown()).optional() })
    .parse(await runs.json());
  if ((held.items ?? held.runs ?? []).length > 0) return;
  const made = await post('/api/samples', {}, cookie);
  if (!made.ok) say(`The sample could not be loaded (${made.status}): start a run from the page instead.`);
}
