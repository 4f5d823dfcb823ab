import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BinEnv } from './env.js';
import { say } from './say.js';
import { supervise, type Supervisor } from './supervisor.js';

/** Starts everything, says where it is, and stays until a signal asks it to stop. */
export async function start(env: BinEnv, then?: () => Promise<void>): Promise<void> {
  const began = Date.now();
  const untilAsked = signalled();
  say(`Starting Countersign over ${env.data} …`);
  const supervisor = await supervise(env, say);
  say(`Ready in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  say(`Countersign: ${env.publicUrl}`);
  await then?.();
  const stopTelling = new AbortController();
  void tellOwnerLink(env.data, stopTelling.signal);
  await untilAsked(supervisor);
  stopTelling.abort();
}

/** The link with which the first owner sets up, as the api keeps it until it is used; null after that. */
export function ownerLink(data: string): string | null {
  const file = path.join(data, 'owner-link.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || null : null;
}

/** Says the link, and says so again where the api makes another, until it is used. */
async function tellOwnerLink(data: string, signal: AbortSignal): Promise<void> {
  let told: string | null = null;
  while (!signal.aborted) {
    const link = ownerLink(data);
    if (link !== null && link !== told) say(`Owner's link, for whoever sets Countersign up: ${link}`);
    if (link === null && told !== null) return say("The owner's link was used.");
    told = link;
    await pause(1000, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Listens from the very start; a signal while starting ends this process, and with it what it had started. */
function signalled(): (supervisor: Supervisor) => Promise<void> {
  let stop: (() => void) | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop) stop();
      else process.exit(130);
    });
  }
  return async (supervisor) => {
    const asked = new Promise<void>((resolve) => (stop = resolve));
    // Something must hold the process open: the children have their pipes elsewhere.
    const hold = setInterval(() => undefined, 1 << 30);
    await asked;
    say('Stopping …');
    await supervisor.stop();
    clearInterval(hold);
    say('Stopped.');
  };
}
