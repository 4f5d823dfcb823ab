/** `npm run bench:contracts -- --json`: forty contracts dropped on the product as it is started, until the last one-pager is in the inbox. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { inbox } from '../../api/contract/reviews.js';
import { freePort, pidsOf, startProduct, stopProduct, type Part, type Product } from '../chaos/product.js';
import { labelledContracts } from '../eval/contract-data.js';
import { Client } from '../support/client.js';
import { contractDocx } from '../support/planting.js';
import { pause } from '../support/until.js';

const root = path.resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    data: { type: 'string', default: path.join(root, '../shared/data') },
    together: { type: 'string', default: '4' },
  },
});

type File = { name: string; bytes: Uint8Array };
type Dropped = { name: string; run: string; began: number; taken: number; ready?: number };

/** Twenty PDFs as they were filed, and twenty more contracts as Word files and as text. */
function files(data: string): File[] {
  const folder = path.join(data, 'contracts/pdf');
  if (!existsSync(folder)) throw new Error(`There are no PDFs at ${folder}: say where the data is with --data.`);
  const pdfs = readdirSync(folder).slice(0, 20);
  const others = labelledContracts(data)
    .filter(({ id }) => !pdfs.some((name) => name.startsWith(id)))
    .slice(0, 20);
  return [
    ...pdfs.map((name) => ({ name, bytes: readFileSync(path.join(folder, name)) })),
    ...others.map(({ id, text }, at) =>
      at % 2 === 0
        ? { name: `${id}.docx`, bytes: contractDocx(text, []) }
        : { name: `${id}.txt`, bytes: Buffer.from(text) },
    ),
  ];
}

const withId = z.object({ id: z.string() });

/** As the start page does: the file, then a run of it. */
async function drop(client: Client, { name, bytes }: File): Promise<Dropped> {
  const began = performance.now();
  const form = new FormData();
  form.append('kind', 'document');
  form.append('file', new File([Buffer.from(bytes)], name));
  const packed = new Response(form);
  const source = await client.ask(withId, 'POST', '/api/sources', new Uint8Array(await packed.arrayBuffer()), {
    'content-type': packed.headers.get('content-type') ?? '',
  });
  const body = { track: 'contract-summary', title: name.slice(0, 120), sources: [source.id] };
  const { id } = await client.ask(withId, 'POST', '/api/runs', body, { 'idempotency-key': newId() });
  return { name, run: id, began, taken: performance.now() };
}

const watched = ['api', 'worker', 'temporal'] as const satisfies readonly Part[];

/** Seconds of processor that each part of the product has used, with the readers that it started. */
function processorSeconds(product: Product): Map<Part, number> {
  const used = (part: Part) =>
    pidsOf(product, part).reduce((sum, pid) => {
      const stat =
        readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
          .split(') ')[1]
          ?.split(' ') ?? [];
      // User and system time, of itself and of children that have ended, in hundredths of a second.
      return sum + [11, 12, 13, 14].reduce((all, at) => all + Number(stat[at] ?? 0), 0) / 100;
    }, 0);
  return new Map(watched.map((part) => [part, used(part)]));
}

async function inInbox(client: Client): Promise<Set<string>> {
  const { items } = await client.ask(inbox, 'GET', '/api/inbox?track=contract-summary');
  return new Set(items.map((item) => item.runId));
}

async function measure(product: Product) {
  const client = new Client(product.url);
  await client.signIn(product.owner.email, product.owner.password);
  const given = files(values.data);
  const before = processorSeconds(product);
  const start = performance.now();
  const dropped: Dropped[] = [];
  const queue = given.values();
  const hand = async () => {
    for (const file of queue) dropped.push(await drop(client, file));
  };
  let over = false;
  const watch = async () => {
    while (!over || dropped.some(({ ready }) => ready === undefined)) {
      const there = await inInbox(client);
      for (const one of dropped) if (one.ready === undefined && there.has(one.run)) one.ready = performance.now();
      if (performance.now() - start > 900_000) throw new Error('Not everything was in the inbox after 15 minutes.');
      await pause(250);
    }
  };
  await Promise.all([
    Promise.all(Array.from({ length: Number(values.together) }, hand)).finally(() => (over = true)),
    watch(),
  ]);
  const after = processorSeconds(product);
  return {
    start,
    dropped,
    used: Object.fromEntries(watched.map((part) => [part, (after.get(part) ?? 0) - (before.get(part) ?? 0)])),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const folder = mkdtempSync(path.join(tmpdir(), 'countersign-drop-'));
const product = await startProduct(path.join(folder, 'data'), await freePort());
try {
  const { start, dropped, used } = await measure(product);
  const client = new Client(product.url);
  await client.signIn(product.owner.email, product.owner.password);
  let pages = 0;
  for (const { run } of dropped) pages += await pagesOf(client, run);
  const ends = dropped.map(({ ready = 0 }) => ready);
  const seconds = (Math.max(...ends) - start) / 1000;
  const [slowest] = dropped
    .map(({ name, began, taken, ready = 0 }) => ({
      name,
      seconds: round((ready - began) / 1000),
      toTakeIn: round((taken - began) / 1000),
    }))
    .sort((a, b) => b.seconds - a.seconds);
  const figures = {
    contracts: dropped.length,
    pages,
    seconds: round(seconds),
    pagesPerS: round(pages / seconds),
    takenInAfter: round((Math.max(...dropped.map(({ taken }) => taken)) - start) / 1000),
    slowest,
    processorSeconds: Object.fromEntries(Object.entries(used).map(([part, value]) => [part, round(value)])),
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(figures, null, 2)}\n`
      : `${String(figures.contracts)} contracts, ${String(pages)} pages: ${String(figures.seconds)} s from the first byte to the last one-pager in the inbox, ${String(figures.pagesPerS)} pages/s; the slowest took ${String(slowest?.seconds)} s.\n`,
  );
} finally {
  await stopProduct(product);
  rmSync(folder, { recursive: true, force: true });
}

/** Pages that were read, as the one-pager says. */
async function pagesOf(client: Client, run: string): Promise<number> {
  const { reviewId } = await client.ask(z.object({ reviewId: z.string() }), 'GET', `/api/runs/${run}`);
  const review = z.object({ draft: z.object({ documents: z.array(z.object({ pages: z.number() })) }) });
  const { draft } = await client.ask(review, 'GET', `/api/reviews/${reviewId}`);
  return draft.documents.reduce((sum, one) => sum + one.pages, 0);
}
