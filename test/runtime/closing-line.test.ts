import { expect, test } from 'vitest';
import { closingLine, type VitestResults } from '../../bin/setup/tests.mjs';

const results = (more: Partial<VitestResults>): VitestResults => ({
  numPassedTests: 3,
  numFailedTests: 0,
  testResults: [],
  ...more,
});

test('the closing line counts what passed and failed, and names skips only where there are some', () => {
  expect(closingLine(results({}), 0)).toEqual({ line: 'Tests: 3 passed, 0 failed', failed: false });
  expect(closingLine(results({ numFailedTests: 2 }), 1)).toEqual({ line: 'Tests: 3 passed, 2 failed', failed: true });
  expect(closingLine(results({ numPendingTests: 1 }), 0).line).toBe('Tests: 3 passed, 0 failed, 1 skipped');
});

test('a file that could not be loaded counts as a failure though none of its tests ran', () => {
  const broken = { status: 'failed', assertionResults: [] };
  expect(closingLine(results({ testResults: [broken] }), 1).line).toBe('Tests: 3 passed, 1 failed');
});

test('a run that was cut off, or that ended badly with every test passed, is a failure', () => {
  expect(closingLine(null, null)).toEqual({ line: 'Tests: 0 passed, 1 failed', failed: true });
  expect(closingLine(results({}), 1)).toEqual({ line: 'Tests: 3 passed, 1 failed', failed: true });
});
