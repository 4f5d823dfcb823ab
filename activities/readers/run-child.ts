import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type ChildLimits = {
  /** From the start, or from the last line where `onLine` is given. */
  timeoutMs: number;
  maxOldSpaceMb: number;
};
export type ChildEnded = { code: number | null; output: string; timedOut: boolean; tooMuch: boolean };

const maxAnswerBytes = 96 * 1024 * 1024;

/**
 * A program of this build: beside the one that runs, or in dist/ where it runs as source.
 * @throws Error where it is not built.
 */
export function builtChild(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const file = existsSync(beside) ? beside : fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${name} is not built: ${file} is missing. Run npm run build.`);
  return file;
}

/**
 * Runs a reader in a process of its own, with a request on stdin: without settings or secrets, without code from
 * text, and killed when it takes too long or says too much. With `onLine`, each line is handed on as it comes.
 */
export function runChild(
  file: string,
  request: unknown,
  limits: ChildLimits,
  onLine?: (line: string) => void,
): Promise<ChildEnded> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${limits.maxOldSpaceMb}`,
        // Much is made and thrown away while a file is read.
        '--max-semi-space-size=32',
        '--disallow-code-generation-from-strings',
        file,
      ],
      // What it prints about itself is not kept.
      { env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    const chunks: Buffer[] = [];
    let bytes = 0;
    let rest = '';
    let timedOut = false;
    let tooMuch = false;
    const stop = (): void => {
      timedOut = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(stop, limits.timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) {
        tooMuch = true;
        child.kill('SIGKILL');
        return;
      }
      if (onLine === undefined) {
        chunks.push(chunk);
        return;
      }
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(Buffer.from(line, 'latin1').toString('utf8'));
      clearTimeout(timer);
      timer = setTimeout(stop, limits.timeoutMs);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8'), timedOut, tooMuch });
    });
    // A child that dies before it has read its request closes the pipe; its exit tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(request));
  });
}
