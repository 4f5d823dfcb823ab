import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

let built: Promise<string> | undefined;

/** The reading child, bundled from source as the product's build does it; once per test file. */
export function readerBundle(): Promise<string> {
  built ??= (async () => {
    const outfile = fileURLToPath(new URL(`../../.cache/reader-${process.pid}.mjs`, import.meta.url));
    await build({
      entryPoints: [fileURLToPath(new URL('../../activities/readers/child.ts', import.meta.url))],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    return outfile;
  })();
  return built;
}
