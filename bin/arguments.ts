import { parseArgs } from 'node:util';
import { Trouble } from './trouble.js';

/** The folder that a command is given as `--name FOLDER` or as its only word. */
export function folderArgument(args: string[], name: 'out' | 'from'): string {
  let given: string | undefined;
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { [name]: { type: 'string' } },
      allowPositionals: true,
    });
    const value = values[name];
    given = typeof value === 'string' ? value : positionals[0];
  } catch {
    // Said below.
  }
  if (given === undefined) throw new Trouble(`Say which folder: --${name} FOLDER.`);
  return given;
}
