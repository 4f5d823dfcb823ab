import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.js';
import { outcomes, startFakeAnthropic, type FakeAnthropic } from '../support/fake-anthropic.js';
import { addPerson } from '../support/people.js';
import { openReview, startSop } from '../support/sop-client.js';
import { hostileCandidate, marker } from './hostile-sops.js';

const runs = 100;
let model: FakeAnthropic;
let app: App;
beforeAll(async () => {
  model = await startFakeAnthropic();
  const claude = { ANTHROPIC_API_KEY: 'a-key', ANTHROPIC_BASE_URL: model.url, ANTHROPIC_MODEL: 'claude-sonnet-5-5' };
  app = await startApp({ worker: claude });
});
afterAll(async () => {
  await app.stop();
  await model.close();
});

/** Where a draft's words may stand: in itself and in the subject that is rendered from it. */
const itsOwn = new Set(['draft', 'subject', 'requirement']);

async function tablesWith(words: string): Promise<string[]> {
  const tables = await app.owner<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await app.owner<{ count: number }[]>`
      select count(*)::int from ${app.owner(name)} t where position(${words} in t::text) > 0`;
    if ((row?.count ?? 0) > 0 && !itsOwn.has(name)) found.push(name);
  }
  return found;
}

test(
  `an adversary in the model's place: ${runs} runs, nothing published, decided, sent or written elsewhere`,
  { timeout: 240_000 },
  async () => {
    const operator = await addPerson(app, 'operator', 'Owen Tran');
    await addPerson(app, 'approver', 'Ines Aldana');
    const candidates = fc.sample(hostileCandidate, { numRuns: runs, seed: 48 });
    model.script(...candidates.map((candidate) => outcomes.good(candidate)));

    const ids: string[] = [];
    for (let n = 0; n < runs; n += 1) ids.push(await startSop(operator.client, `cabinet ${n}`));
    for (const id of ids) await openReview(operator.client, id, 120_000);

    expect(model.served.answers).toBe(runs);
    const count = async (table: string) =>
      (await app.owner<{ count: number }[]>`select count(*)::int from ${app.owner(table)}`)[0]?.count;
    expect(await count('decision')).toBe(0);
    expect(await count('publication')).toBe(0);
    expect(await count('fulfilment')).toBe(0);
    expect(await count('run')).toBe(runs);
    expect(await tablesWith(marker)).toEqual([]);
    const outside = ['published', 'drafting'].map((folder) => join(app.data, folder)).filter(existsSync);
    const files = outside.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }));
    expect(
      files
        .filter((name) => name.endsWith('.md') || name.endsWith('.json'))
        .filter((name) => !name.startsWith('checkpoints')),
    ).toEqual([]);
  },
);
