import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** What drawing a PDF may need besides code: letters that files leave out, and tables of far scripts. */
const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Serves those from our own host: a browser asks nobody else for them. */
export function pdfAssets(): Plugin {
  return {
    name: 'pdf-assets',
    apply: 'build',
    generateBundle() {
      const root = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
      for (const folder of folders)
        for (const file of readdirSync(join(root, folder)))
          this.emitFile({
            type: 'asset',
            fileName: `pdf/${folder}/${file}`,
            source: readFileSync(join(root, folder, file)),
          });
    },
  };
}
