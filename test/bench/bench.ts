/** `npm run bench -- --json`: our product beside the bare engine, on the same Temporal and Postgres in the same run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../bin/embedded/postgres.js';
import { startTemporal } from '../../bin/embedded/temporal.js';
import { furnish } from '../gate/house.js';
import { migratedPlaces, temporalBinary } from '../support/place.js';
import { startBare } from './bare.js';
import { figures, measure } from './measure.js';
import { startProduct } from './product.js';
import type { Stretch } from './side.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '300' },
    paced: { type: 'string', default: '60' },
    width: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '2' },
  },
});
const rounds = Number(values.rounds);
const size = {
  runs: Math.ceil(Number(values.runs) / rounds),
  paced: Math.ceil(Number(values.paced) / rounds),
  width: Number(values.width),
};

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'));
const at = (name: string) => ({ folder: path.join(folder, name), log: path.join(folder, `${name}.log`) });
const [postgres, temporal] = await Promise.all([
  startPostgres(at('postgres')),
  startTemporal({ binary: temporalBinary(), ...at('temporal') }),
]);
try {
  const places = await migratedPlaces(temporal.address, postgres.url, folder);
  const house = await furnish(places, 3_000);
  const bare = await startBare({ temporal: house.temporal, owner: house.owner, ...places });
  const product = await startProduct(house, places);
  const engine: Stretch[] = [];
  const ours: Stretch[] = [];
  // A few of each first, so that nobody pays for a cold start; then turn about, so that neither has the better hour.
  await measure(bare, { runs: 20, paced: 3, width: 10 });
  await measure(product, { runs: 20, paced: 3, width: 10 });
  for (let round = 0; round < rounds; round += 1) {
    const turn = [
      async () => void engine.push(await measure(bare, size)),
      async () => void ours.push(await measure(product, size)),
    ];
    for (const one of round % 2 === 0 ? turn : turn.reverse()) await one();
  }
  await Promise.all([bare.stop(), product.stop()]);
  await house.close();
  report({ countersign: figures(ours), engine: figures(engine) });
} finally {
  await Promise.all([postgres.stop(), temporal.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

function report({ countersign, engine }: Record<'countersign' | 'engine', ReturnType<typeof figures>>): void {
  const ratio = (ours: number, bare: number) => Math.round((ours / bare) * 100) / 100;
  const answer = {
    countersign,
    engine,
    publishedRatio: ratio(countersign.publishedPerS, engine.publishedPerS),
    approveToPublishedRatio: ratio(countersign.approveToPublishedMs.p50, engine.approveToPublishedMs.p50),
  };
  console.log(values.json ? JSON.stringify(answer) : JSON.stringify(answer, null, 2));
}
