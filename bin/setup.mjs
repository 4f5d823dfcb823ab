#!/usr/bin/env node
// Makes a fresh clone able to run, with Node's own modules only, and then hands over to what was asked for.
import path from 'node:path';
import { checkNode, ensurePackages } from './setup/packages.mjs';
import { say, SetupTrouble } from './setup/say.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [command = 'start', ...args] = process.argv.slice(2);
const dataFolder = path.resolve(root, process.env.COUNTERSIGN_DATA || '.countersign');

const build = async (...names) => (await import('./setup/build.mjs')).build(root, names);
const temporalPath = async () => (await import('./setup/temporal.mjs')).temporalBinary(dataFolder);

/** Runs a script of the repository with what it needs built, in this very process. */
async function script(file) {
  process.argv = [process.execPath, path.join(root, file), ...args];
  const { register } = await import('tsx/esm/api');
  register();
  await import(path.join(root, file));
}

/** Hands over to the built command line, in this very process, so that a signal reaches the one who acts on it. */
async function cli(...words) {
  process.argv = [process.execPath, path.join(root, 'dist', 'cli.js'), ...words];
  await import('../dist/cli.js');
}

const commands = {
  build: () => build(...args),
  'temporal-path': async () => void process.stdout.write(`${await temporalPath()}\n`),
  test: async () => {
    await build();
    await temporalPath();
    process.exitCode = (await import('./setup/tests.mjs')).runTests(root, args);
  },
  'verify-code': async () => void (process.exitCode = await (await import('./setup/verify-code.mjs')).verifyCode(root)),
  bench: async () => {
    await build();
    await script('test/bench/bench.ts');
  },
  'bench-reader': async () => {
    await build('reader');
    await script('test/bench/reader.ts');
  },
  'bench-contracts': async () => {
    await build();
    await temporalPath();
    await script('test/bench/contracts.ts');
  },
  eval: () => script('test/eval/eval.ts'),
  chaos: async () => {
    await build();
    await script('test/chaos/chaos.ts');
  },
  'record-histories': async () => {
    await build();
    await script('test/replay/record.ts');
  },
  start: async () => {
    await build();
    if (!process.env.TEMPORAL_ADDRESS) process.env.COUNTERSIGN_TEMPORAL_BINARY = await temporalPath();
    await cli('start', ...args);
  },
  demo: async () => {
    await build();
    process.env.COUNTERSIGN_TEMPORAL_BINARY = await temporalPath();
    await cli('demo', ...args);
  },
};

try {
  checkNode();
  ensurePackages(root);
  const known = commands[command];
  if (known) await known();
  else {
    await build('cli');
    await cli(command, ...args);
  }
} catch (error) {
  if (!(error instanceof SetupTrouble)) throw error;
  say(error.message);
  process.exitCode = 1;
}
