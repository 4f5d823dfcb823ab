import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readPdf } from '../../activities/readers/pdf/read-pdf.js';
import { readInChild } from '../../activities/readers/read.js';

const root = path.resolve(import.meta.dirname, '../..');

type Speed = {
  pages: number;
  seconds: number;
  pagesPerS: number;
  processorSeconds?: number;
  pagesPerProcessorS?: number;
};

const round = (value: number): number => Math.round(value * 100) / 100;
const speed = (pages: number, seconds: number, processorSeconds?: number): Speed => ({
  pages,
  seconds: round(seconds),
  pagesPerS: round(pages / seconds),
  ...(processorSeconds === undefined
    ? {}
    : { processorSeconds: round(processorSeconds), pagesPerProcessorS: round(pages / processorSeconds) }),
});

/** Our own reader in this process, cold: the first file pays for loading everything. */
async function own(files: readonly string[]): Promise<Speed> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  let pages = 0;
  for (const file of files) pages += (await readPdf(readFileSync(file))).pages.length;
  const { user, system } = process.cpuUsage(used);
  return speed(pages, (performance.now() - start) / 1000, (user + system) / 1e6);
}

/** As an upload is read: a process for each file, with its start and the checks of its answer. */
async function inChildren(files: readonly string[]): Promise<Speed> {
  const start = performance.now();
  let pages = 0;
  for (const file of files) {
    const { reading } = await readInChild({ path: file, kind: 'document', name: path.basename(file) });
    if (reading.kind === 'document') pages += reading.document.pages.length;
  }
  return speed(pages, (performance.now() - start) / 1000);
}

/** `pdftotext -bbox`, a process for each file. The processor's time is that of the processes alone. */
function pdftotext(files: readonly string[], pages: number): Speed | undefined {
  if (spawnSync('pdftotext', ['-v']).status === null) return undefined;
  const measured = spawnSync('sh', [
    '-c',
    'for file in "$@"; do pdftotext -bbox "$file" /dev/null 2>/dev/null; done; times',
    'sh',
    ...files,
  ]);
  const start = performance.now();
  for (const file of files) spawnSync('pdftotext', ['-bbox', file, '/dev/null']);
  const seconds = (performance.now() - start) / 1000;
  // The second line of `times` is that of the processes that were run.
  const [user = 0, system = 0] = [
    ...(measured.stdout.toString().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g),
  ].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return speed(pages, seconds, user + system);
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    data: { type: 'string', default: path.join(root, '../shared/data') },
  },
});
const folder = path.join(values.data, 'contracts/pdf');
if (!existsSync(folder)) {
  process.stdout.write(`There are no contracts to read: ${folder} is missing. Say where they are with --data DIR.\n`);
} else {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  const countersign = await own(files);
  const other = pdftotext(files, countersign.pages);
  const uploaded = await inChildren(files);
  if (values.json)
    process.stdout.write(`${JSON.stringify({ countersign, uploaded, pdftotext: other ?? null }, null, 2)}\n`);
  else {
    const line = (name: string, { pages, seconds, pagesPerS, pagesPerProcessorS }: Speed): string => {
      const perProcessor = pagesPerProcessorS === undefined ? '' : `, ${pagesPerProcessorS} a second of the processor`;
      return `${name.padEnd(34)} ${pages} pages in ${seconds} s: ${pagesPerS} pages/s${perProcessor}`;
    };
    const lines = [line('Reader, one process, cold', countersign), line('Reader, a process for each file', uploaded)];
    lines.push(
      other ? line('pdftotext -bbox', other) : 'pdftotext is not installed here, so there is nothing to set beside it.',
    );
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
