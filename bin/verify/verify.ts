// The verifier stands alone: it imports nothing of the application, so that it can be read and trusted by itself.
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkExport } from './export.js';
import { checkReceipt } from './receipt.js';
import { trustedKeys, Wrong } from './reading.js';

const usage = 'verify PATH [--key FILE] [--checkpoints FOLDER]: a receipt, its published file, or an exported record.';

function given(args: string[]): { path: string; key: string | undefined; checkpoints: string | undefined } {
  try {
    const options = { key: { type: 'string' }, checkpoints: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [path, ...more] = positionals;
    if (path !== undefined && more.length === 0) return { path, key: values.key, checkpoints: values.checkpoints };
  } catch {
    // Said below.
  }
  throw new Wrong(usage);
}

function check({ path, key, checkpoints }: ReturnType<typeof given>): string {
  if (!existsSync(path)) throw new Wrong(`${path} is missing.`);
  const trusted = key === undefined ? undefined : trustedKeys(key);
  if (statSync(path).isDirectory()) return checkExport(path, trusted, checkpoints);
  const receipt = path.endsWith('.receipt.json') ? path : path.replace(/\.[^./\\]+$/, '.receipt.json');
  return checkReceipt(receipt, trusted);
}

/** Exit code 0 and what holds, or 1 and the first thing wrong. */
export function verify(args: string[]): Promise<number> {
  try {
    process.stdout.write(`${check(given(args))}\n`);
    return Promise.resolve(0);
  } catch (error) {
    const words = error instanceof Wrong ? error.message : `It cannot be read: ${String(error)}`;
    process.stderr.write(`${words.replaceAll('\n', ' ')}\n`);
    return Promise.resolve(1);
  }
}
