import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import { pause, until } from '../support/until.js';
import { work } from './load.js';
import { judge, publishedPages, stuckRuns } from './oracle.js';
import { freePort, parts, pidsOf, ready, startProduct, stopProduct, type Part, type Product } from './product.js';
import { seeded } from './random.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    together: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);

const say = (line: string) => {
  if (!values.json) process.stdout.write(`${line}\n`);
};

/** kill -9 of one part, and the milliseconds until it answers again. */
async function killOne(product: Product, part: Part): Promise<number> {
  const before = pidsOf(product, part);
  for (const pid of before) process.kill(pid, 'SIGKILL');
  const killed = performance.now();
  const back = async () => pidsOf(product, part).some((pid) => !before.includes(pid)) && (await ready(product, part));
  await until(back, { withinMs: 60_000, everyMs: 50, what: `${part} after kill -9` });
  return performance.now() - killed;
}

/** Kills as many parts as asked, spread over time at random, each part about equally often. */
async function killMany(product: Product): Promise<Record<Part, number[]>> {
  const random = seeded(seed);
  const took: Record<Part, number[]> = { api: [], worker: [], temporal: [], postgres: [] };
  const offset = Math.floor(random() * parts.length);
  for (let n = 0; n < kills; n += 1) {
    await pause(500 + random() * 2500);
    const part = parts[(n + offset) % parts.length] ?? 'api';
    const ms = await killOne(product, part);
    took[part].push(ms);
    say(`kill ${n + 1} of ${kills}: ${part}, back after ${Math.round(ms)} ms`);
  }
  return took;
}

const median = (list: number[]) => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? null : Math.round(middle);
};

/** The separate verifier over an exported record: 0 where the chain and every signature hold. */
function chainValid(product: Product): boolean {
  const out = join(mkdtempSync(join(tmpdir(), 'countersign-export-')), 'record');
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, COUNTERSIGN_DATA: product.data };
  try {
    execFileSync(process.execPath, ['bin/setup.mjs', 'export', '--out', out], { env, stdio: 'pipe' });
    execFileSync(process.execPath, ['bin/setup.mjs', 'verify', out], { env, stdio: 'pipe' });
    return true;
  } catch (error) {
    say(String(error));
    return false;
  }
}

/** The owner's address of the embedded Postgres: the port changes with every start. */
function ownerUrl(product: Product): string {
  const password = readFileSync(join(product.data, 'postgres', 'password'), 'utf8').trim();
  const pid = pidsOf(product, 'postgres')[0];
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const port = command.find((word) => word.startsWith('port='))?.slice(5);
  return `postgres://countersign:${encodeURIComponent(password)}@127.0.0.1:${port}/countersign`;
}

const data = join(mkdtempSync(join(tmpdir(), 'countersign-chaos-')), 'data');
say(`data folder ${data}`);
const product = await startProduct(data, await freePort());
const stop = new AbortController();
const recording = Buffer.from(visitorLogSample.recordingBase64, 'base64');
const working = work(product, Number(values.together), recording, stop.signal);
const took = await killMany(product);
stop.abort();
const { said, complaints } = await working;
say(`${said.decisions.length} decisions acknowledged, ${complaints.length} complaints`);
for (const complaint of complaints.slice(0, 5)) say(complaint);
const sql = postgres(ownerUrl(product), { max: 2, onnotice: () => undefined });
const published = join(product.data, 'published');
const allDelivered = async () =>
  (
    await stuckRuns(
      sql,
      publishedPages(published).map((page) => page.receipt?.runId ?? ''),
    )
  ).length === 0;
await until(allDelivered, { withinMs: 60_000, everyMs: 500, what: 'the delivery of all that was approved' }).catch(say);
const verdict = await judge(sql, published, said);
await sql.end({ timeout: 2 });
const valid = chainValid(product);
const stopMs = await stopProduct(product);
const recoveryMs = {
  api: median(took.api),
  worker: median(took.worker),
  temporal: median(took.temporal),
  postgres: median(took.postgres),
};
const figures = {
  kills,
  seed,
  ...verdict,
  chainValid: valid,
  recoveryMs,
  complaints: complaints.length,
  stopMs: Math.round(stopMs),
};
process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : `${JSON.stringify(figures, null, 2)}\n`);
const whole =
  verdict.lost + verdict.publishedTwice + verdict.publishedUnapproved + verdict.stuck + complaints.length === 0 &&
  valid;
process.exit(whole ? 0 : 1);
