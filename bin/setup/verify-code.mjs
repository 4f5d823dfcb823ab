import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { brokenDocPaths } from './doc-paths.mjs';

// A cruiser that silently looks at nothing passes everything: the real tree has more modules than this.
const LEAST_MODULES = 100;
const FOLDERS = ['workflows', 'activities', 'api', 'db', 'ui', 'bin', 'test'];

/** The seconds-long check: format, lint, types, import rules, docs paths, what the workflow bundle contains. */
export async function verifyCode(root) {
  const run = (package_, file, ...args) =>
    spawned([path.join(root, 'node_modules', package_, file), ...args], root).then(({ status, output }) => ({
      passed: status === 0,
      words: output,
    }));
  const eslint = ['.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint'];
  const checks = {
    format: run('prettier', 'bin/prettier.cjs', '--check', '--log-level=warn', '--cache', '.'),
    types: run('typescript', 'bin/tsc', '--noEmit', '-p', 'tsconfig.json'),
    lint: run('eslint', 'bin/eslint.js', ...eslint),
    'import rules': importRules(root),
    'docs paths': docsPaths(root),
    'no zod in the workflow bundle': build(root, ['workflow-bundle']).then(() => ({ passed: !bundleHasZod(root) })),
  };
  let failed = false;
  for (const [name, check] of Object.entries(checks)) {
    const { passed, words } = await check.catch((error) => ({ passed: false, words: error.message }));
    if (words && !passed) process.stdout.write(`${words.trim()}\n`);
    process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name}\n`);
    failed ||= !passed;
  }
  return failed ? 1 : 0;
}

/** Runs a script of Node and answers with its exit code and everything it wrote. */
function spawned(args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => (written[name] += chunk));
    child.once('close', (status) => resolve({ status, ...written, output: written.stdout + written.stderr }));
  });
}

async function docsPaths(root) {
  const broken = brokenDocPaths(root);
  return {
    passed: broken.length === 0,
    words: broken.map(({ file, cited }) => `${file} cites ${cited}, which does not exist.`).join('\n'),
  };
}

async function importRules(root) {
  const { modules, words, passed } = await cruise(
    root,
    FOLDERS.filter((folder) => existsSync(path.join(root, folder))),
  );
  if (modules >= LEAST_MODULES) return { passed, words };
  return {
    passed: false,
    words: `${words}\nOnly ${modules} modules were looked at: the import rules are not being checked.`,
  };
}

/** Runs the import rules over these folders; `cwd` may be a copy with planted violations. */
export async function cruise(root, folders, cwd = root) {
  const cli = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const { stdout, stderr } = await spawned([cli, '--config', config, '--output-type', 'json', ...folders], cwd);
  try {
    const { summary } = JSON.parse(stdout);
    const errors = summary.violations.filter((violation) => violation.rule.severity === 'error');
    const words = errors.map(({ rule, from, to }) => `${rule.name}: ${from} imports ${to}`).join('\n');
    return { modules: summary.totalCruised, words, passed: errors.length === 0 };
  } catch {
    return { modules: 0, words: stderr, passed: false };
  }
}

function bundleHasZod(root) {
  const file = path.join(root, 'dist', 'workflow-bundle.js');
  return existsSync(file) && /node_modules\/zod\//.test(readFileSync(file, 'utf8'));
}
