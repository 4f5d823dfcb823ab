import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** A folder of the clone, looked for upwards from here, so that built files find it as well as sources. */
export function cloneFolder(path: string): string {
  for (let at = import.meta.dirname; ; at = dirname(at)) {
    const candidate = join(at, path);
    if (existsSync(candidate)) return candidate;
    if (dirname(at) === at) throw new Error(`The folder ${path} is missing from this clone.`);
  }
}

export type SqlFile = { file: string; text: string; sha256: string };

/** The functions as they are on disk, in the order in which they are applied. */
export function functionFiles(): SqlFile[] {
  const folder = cloneFolder(join('db', 'functions'));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return { file, text, sha256: createHash('sha256').update(text).digest('hex') };
    });
}
