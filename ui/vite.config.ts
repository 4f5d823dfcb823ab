import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { pdfAssets } from './pdf-assets.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Builds the pages into dist/ui. No inline script or style is made, so the CSP needs no exception. */
export default defineConfig({
  root: here('.'),
  publicDir: here('public'),
  cacheDir: here('../.cache/vite'),
  plugins: [react(), pdfAssets()],
  build: {
    outDir: here('../dist/ui'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
