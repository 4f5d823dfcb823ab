import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Runs the tests; the last line is `Tests: N passed, N failed`, and the answer is the exit code. */
export function runTests(root, args) {
  const results = path.join(root, '.cache', `tests-${process.pid}.json`);
  mkdirSync(path.dirname(results), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  // A shared CI machine can stall any wait once; a guarantee that fails twice is broken.
  const again = process.env.CI === 'true' ? ['--retry=1'] : [];
  const done = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...again, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  const { line, failed } = closingLine(
    existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : null,
    done.status,
  );
  rmSync(results, { force: true });
  process.stdout.write(`${line}\n`);
  return failed ? 1 : 0;
}

/** A file that could not be loaded, an unhandled error and a run that was cut off all count as one failure. */
export function closingLine(results, status) {
  const passed = results?.numPassedTests ?? 0;
  const skipped = (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
  const brokenFiles = (results?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  let failed = (results?.numFailedTests ?? 0) + brokenFiles;
  if (failed === 0 && status !== 0) failed = 1;
  return {
    line: `Tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    failed: failed > 0,
  };
}
