export function verifyCode(root: string): Promise<number>;
export function cruise(
  root: string,
  folders: string[],
  cwd?: string,
): Promise<{ modules: number; words: string; passed: boolean }>;
