import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say, SetupTrouble } from './say.mjs';

const program = (entry, ...from) => ({ entry, from, make: bundle });
const withFonts = async (root, name, entry) => {
  await bundle(root, name, entry);
  cpSync(path.join(root, 'api/exports/fonts'), path.join(root, 'dist/fonts'), { recursive: true });
};

// What is built, from which entry, and which folders it depends on.
const TARGETS = {
  cli: program('bin/countersign.ts', 'bin', 'db', 'workflows'),
  api: { ...program('api/main.ts', 'api', 'db', 'workflows', 'activities'), make: withFonts },
  worker: program('activities/worker.ts', 'activities', 'db', 'workflows'),
  reader: program('activities/readers/child.ts', 'activities', 'workflows'),
  recogniser: program('activities/readers/recognise-child.ts', 'activities', 'workflows'),
  unzipper: program('activities/readers/unzip-child.ts', 'activities', 'workflows'),
  'workflow-bundle': { entry: 'workflows/index.ts', from: ['workflows'], make: bundleWorkflows },
  ui: { entry: 'ui/vite.config.ts', from: ['ui', 'workflows/domain', 'api'], make: buildPages },
};

/** Builds each named target whose inputs changed since it was built; all of them where none is named. */
export async function build(root, names = []) {
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  const always = ['package-lock.json', 'bin/setup/build.mjs'].map((file) => fileHash(path.join(root, file)));
  for (const name of names.length > 0 ? names : Object.keys(TARGETS)) {
    const target = TARGETS[name];
    if (!target)
      throw new SetupTrouble(`There is nothing to build called "${name}": ${Object.keys(TARGETS).join(', ')}.`);
    if (!existsSync(path.join(root, target.entry))) continue;
    const inputs = [...always, ...target.from.map((folder) => folderHash(path.join(root, folder)))].join('\n');
    const hash = createHash('sha256').update(inputs).digest('hex');
    const stamp = path.join(root, 'dist', `.${name}.stamp`);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) continue;
    say(`Building ${name} …`);
    rmSync(stamp, { force: true });
    try {
      await target.make(root, name, target.entry);
    } catch (error) {
      throw new SetupTrouble(
        `Building ${name} failed: ${String(error?.message ?? error)
          .split('\n')
          .slice(0, 4)
          .join(' / ')}`,
      );
    }
    writeFileSync(stamp, hash);
  }
}

async function bundle(root, name, entry) {
  const { build: esbuild } = await import('esbuild');
  await esbuild({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: `dist/${name}.js`,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'error',
  });
}

async function bundleWorkflows(root, name, entry) {
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: say, error: say };
  const { code } = await bundleWorkflowCode({ workflowsPath: path.join(root, entry), logger: quiet });
  writeWhole(path.join(root, 'dist', `${name}.js`), code);
}

async function buildPages(root, _name, configFile) {
  // Whatever runs the build (tests set NODE_ENV), the pages are the ones people get.
  process.env.NODE_ENV = 'production';
  const { build: vite } = await import('vite');
  await vite({ configFile: path.join(root, configFile), logLevel: 'error' });
}

/** Another process may be reading the old file: it is replaced in one step. */
function writeWhole(file, text) {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, file);
}

function fileHash(file) {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : '-';
}

function folderHash(folder) {
  if (!existsSync(folder)) return '-';
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort();
  return names.map((name) => `${path.relative(folder, name)} ${fileHash(name)}`).join('\n');
}
