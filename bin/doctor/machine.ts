import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BinEnv } from '../env.js';
import { runningOver } from '../folder-lock.js';
import { portIsFree } from '../ports.js';
import { note, ok, wrong, type Check } from './finding.js';

const LEAST_FREE_MB = 1000;

/** What can be told without anything running. */
export function machineChecks(env: BinEnv): Check[] {
  return [
    () => node(),
    () => port(env),
    () => disk(env),
    () => keys(env),
    () => drafter(env),
    () => secureContext(env),
  ];
}

function node() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  if (enough) return ok('Node', `${process.versions.node}.`);
  return wrong('Node', `this is ${process.versions.node}: install Node 20.19 or newer.`);
}

async function port(env: BinEnv) {
  const running = runningOver(env.data);
  if (running?.port !== undefined) return ok('Port', `${running.port}, in use by this Countersign.`);
  if ((await portIsFree(env.port)) && (await portIsFree(env.port, '0.0.0.0')))
    return ok('Port', `${env.port} is free.`);
  return wrong('Port', `${env.port} is in use by another program: stop it, or set PORT to another.`);
}

function disk(env: BinEnv) {
  let folder = env.data;
  while (!existsSync(folder)) folder = path.dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return wrong('Disk', `${folder} cannot be written: give this user the right to, or set COUNTERSIGN_DATA.`);
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= LEAST_FREE_MB) return ok('Disk', `${free} MB free where ${env.data} is.`);
  return wrong('Disk', `${free} MB free where ${env.data} is: make room, ${LEAST_FREE_MB} MB at least.`);
}

function keys(env: BinEnv) {
  if (!existsSync(env.signingKeyFile)) return note('Signing key', 'none yet; the first start makes one.');
  const open = (statSync(env.signingKeyFile).mode & 0o077) !== 0;
  if (!open) return ok('Signing key', 'only its owner can read it.');
  return wrong('Signing key', `others on this machine can read it: chmod 600 ${env.signingKeyFile}`);
}

function drafter(env: BinEnv) {
  if (env.usesClaude) return ok('Drafter', 'Claude, as ANTHROPIC_API_KEY is set.');
  if (env.usesOpenai) return ok('Drafter', 'OpenAI-compatible, as OPENAI_API_KEY or OPENAI_BASE_URL is set.');
  return note('Drafter', 'no model, rules only. Set ANTHROPIC_API_KEY, OPENAI_API_KEY or OPENAI_BASE_URL.');
}

function secureContext(env: BinEnv) {
  const url = new URL(env.publicUrl);
  if (url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
    return ok('Secure context', `${env.publicUrl}, so browsers allow recording the screen.`);
  }
  return wrong(
    'Secure context',
    `browsers allow no screen recording over plain http on ${url.hostname}: put a TLS proxy in front and set COUNTERSIGN_PUBLIC_URL to its https address. Attaching a file works meanwhile.`,
  );
}
