import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { brokenDocPaths } from './doc-paths.mjs';

// A cruiser that silently looks at nothing passes everything: the real tree has more modules than this.
const LEAST_MODULES = 100;
const FOLDERS = ['workflows', 'activities', 'api', 'db', 'ui', 'bin', 'test'];

/** The seconds-long check: format, lint, types, import rules, docs paths, what the workflow bundle contains. */
export async function verifyCode(root) {
  const failed = [];
  const step = (name, passed) => {
    process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name}\n`);
    if (!passed) failed.push(name);
  };
  const run = (package_, file, ...args) =>
    spawnSync(process.execPath, [path.join(root, 'node_modules', package_, file), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    }).status === 0;
  step('format', run('prettier', 'bin/prettier.cjs', '--check', '--log-level=warn', '--cache', '.'));
  step(
    'lint',
    run('eslint', 'bin/eslint.js', '.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint'),
  );
  step('types', run('typescript', 'bin/tsc', '--noEmit', '-p', 'tsconfig.json'));
  step('import rules', importRules(root));
  const broken = brokenDocPaths(root);
  for (const { file, cited } of broken) process.stdout.write(`${file} cites ${cited}, which does not exist.\n`);
  step('docs paths', broken.length === 0);
  await build(root, ['workflow-bundle']);
  step('no zod in the workflow bundle', !bundleHasZod(root));
  return failed.length === 0 ? 0 : 1;
}

function importRules(root) {
  const folders = FOLDERS.filter((folder) => existsSync(path.join(root, folder)));
  const { modules, words, passed } = cruise(root, folders);
  if (words) process.stdout.write(`${words}\n`);
  if (modules < LEAST_MODULES) {
    process.stdout.write(`Only ${modules} modules were looked at: the import rules are not being checked.\n`);
    return false;
  }
  return passed;
}

/** Runs the import rules over these folders; `cwd` may be a copy with planted violations. */
export function cruise(root, folders, cwd = root) {
  const cli = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const done = spawnSync(process.execPath, [cli, '--config', config, '--output-type', 'json', ...folders], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  try {
    const { summary } = JSON.parse(done.stdout);
    const errors = summary.violations.filter((violation) => violation.rule.severity === 'error');
    const words = errors.map(({ rule, from, to }) => `${rule.name}: ${from} imports ${to}`).join('\n');
    return { modules: summary.totalCruised, words, passed: errors.length === 0 };
  } catch {
    return { modules: 0, words: done.stderr, passed: false };
  }
}

function bundleHasZod(root) {
  const file = path.join(root, 'dist', 'workflow-bundle.js');
  return existsSync(file) && /node_modules\/zod\//.test(readFileSync(file, 'utf8'));
}
