import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const built = new Map<string, Promise<string>>();

/** A reading child, bundled from source as the product's build does it; once per test file. */
function bundleOf(entry: string): Promise<string> {
  const ready = built.get(entry) ?? bundled(entry);
  built.set(entry, ready);
  return ready;
}

async function bundled(entry: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`../../.cache/${entry}-${process.pid}.mjs`, import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(`../../activities/readers/${entry}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

/** The child that reads uploads. */
export const readerBundle = (): Promise<string> => bundleOf('child');
/** The child that unpacks a ZIP. */
export const unzipperBundle = (): Promise<string> => bundleOf('unzip-child');
