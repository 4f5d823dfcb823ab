export type VitestResults = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests?: number;
  numTodoTests?: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};
export function runTests(root: string, args: string[]): number;
export function closingLine(results: VitestResults | null, status: number | null): { line: string; failed: boolean };
