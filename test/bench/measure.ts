import { until } from '../support/until.js';
import type { Figures, Side, Stretch } from './side.js';

/** Does all of it, so many at once. */
async function atOnce<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

async function allPublished(side: Side, runs: readonly string[]): Promise<Map<string, number>> {
  const wait = { withinMs: 300_000, everyMs: 25, what: 'the last publication' };
  return until(async () => {
    const found = await side.published(runs);
    return found.size === runs.length && found;
  }, wait);
}

const since = (from: number) => performance.now() - from;

/**
 * One stretch: all reviews are opened first. Then a few are approved one at a time, which gives the
 * waits of a person; then the others, `width` at once, until the last is published, which gives the rates.
 */
export async function measure(
  side: Side,
  { runs, paced, width }: { runs: number; paced: number; width: number },
): Promise<Stretch> {
  const ids: string[] = [];
  const started = performance.now();
  await atOnce([...Array(runs + paced).keys()], width, async () => void ids.push(await side.start()));
  const startMs = since(started);
  await side.open(ids);
  const accepted: number[] = [];
  const toPublished: number[] = [];
  for (const run of ids.slice(0, paced)) {
    const asked = Date.now();
    const began = performance.now();
    await side.approve(run);
    accepted.push(since(began));
    const at = (await allPublished(side, [run])).get(run);
    toPublished.push(Math.max(0, (at ?? Number.NaN) - asked));
  }
  const many = ids.slice(paced);
  const first = Date.now();
  const began = performance.now();
  await atOnce(many, width, (run) => side.approve(run));
  const acceptMs = since(began);
  const published = await allPublished(side, many);
  const publishMs = Math.max(...published.values()) - first;
  return {
    runs,
    startMs: (startMs * runs) / (runs + paced),
    acceptMs,
    publishMs,
    accepted,
    toPublished,
    rssMb: side.rssMb(),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const rounded = (value: number) => Math.round(value * 10) / 10;

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

/** All stretches of one side as one set of figures. */
export function figures(stretches: readonly Stretch[]): Figures {
  const runs = sum(stretches.map((one) => one.runs));
  const perS = (ms: (one: Stretch) => number) => rounded((runs * 1000) / sum(stretches.map(ms)));
  const spread = (of: (one: Stretch) => number[]) => {
    const all = stretches.flatMap(of);
    return { p50: quantile(all, 0.5), p95: quantile(all, 0.95) };
  };
  return {
    startsPerS: perS((one) => one.startMs),
    acceptedPerS: perS((one) => one.acceptMs),
    publishedPerS: perS((one) => one.publishMs),
    acceptedMs: spread((one) => one.accepted),
    approveToPublishedMs: spread((one) => one.toPublished),
    rssMb: Math.round(Math.max(...stretches.map((one) => one.rssMb))),
  };
}
