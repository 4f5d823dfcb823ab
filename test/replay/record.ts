/** Records the histories of every outcome for this release, or only of those named: `npm run test:replay:record -- NAME`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { releaseRun, withdrawRun } from '../../db/commands/runs.js';
import { migratedPlaces, temporalBinary } from '../support/place.js';
import { startServices } from '../support/services.js';
import { until } from '../support/until.js';
import { approve, decideOn, plainWalkThrough, start } from '../gate/acts.js';
import { furnish, type House, type Member } from '../gate/house.js';
import { noticesOf } from '../gate/record.js';
import { drafting } from '../gate/sop.js';
import { contractActivities, contractOutcomes } from './contracts.js';
import { historyText } from './history.js';
import { letterActivities, letterOutcomes } from './letters.js';

const root = path.resolve(import.meta.dirname, '../..');
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));

const underReview = async (house: House, who: Member, sentences: readonly string[] = plainWalkThrough) => {
  const run = await start(house, who, sentences);
  await house.reaches(run, 'in-review');
  return run;
};

/** One run for each outcome, played to its end. */
const outcomes: Record<string, (house: House, who: Member) => Promise<string>> = {
  approve: async (house, who) => {
    const run = await underReview(house, who);
    await approve(house, who, run);
    return run;
  },
  'request-changes': async (house, who) => {
    const run = await underReview(house, who);
    await decideOn(house, who, run, { decision: 'request-changes', reason: 'Name the till.' });
    const second = async () => (await house.standing(run)).round === 2 && (await house.standing(run)).reviewId !== null;
    await until(second);
    await approve(house, who, run);
    return run;
  },
  reject: async (house, who) => {
    const run = await underReview(house, who);
    await decideOn(house, who, run, { decision: 'reject', reason: 'Not done any more.' });
    return run;
  },
  withdraw: async (house, who) => {
    const run = await underReview(house, who);
    await withdrawRun(house.api, { token: who.token, run, reason: 'Started twice.' });
    house.relay.wake();
    return run;
  },
  late: async (house, who) => {
    const run = await underReview(house, who);
    await until(async () => (await noticesOf(house, run)).some(({ template }) => template === 'due'));
    await approve(house, who, run);
    return run;
  },
  'kept-human': async (house, who) => {
    const run = await start(house, who, ['Ask first: is this a legal matter?', ...plainWalkThrough]);
    await house.reaches(run, 'kept-human');
    await releaseRun(house.api, { token: who.token, run, reason: 'It is not.' });
    house.relay.wake();
    await house.reaches(run, 'in-review');
    await approve(house, who, run);
    return run;
  },
  ...contractOutcomes,
  ...letterOutcomes,
};

const mailer = { send: () => Promise.resolve(), close: () => undefined };

async function record(house: House): Promise<void> {
  const mailed = { ...house, deps: { ...house.deps, mailer } };
  const folder = path.join(import.meta.dirname, `v${version}`);
  mkdirSync(folder, { recursive: true });
  const who = await house.member('admin', 'Ann');
  const asked = process.argv.slice(2);
  for (const [name, play] of Object.entries(outcomes)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    // Two days of waiting pass in a second where lateness is what is recorded.
    const stop = await house.startWorker({
      // A mail server that takes everything, so that the mails are in the history too.
      activities: { ...drafting(house), ...contractActivities(mailed), ...letterActivities(house) },
      deps: { ...(name === 'contract-reminders' && { mailer }), timeScale: name === 'late' ? 172_800 : 1 },
    });
    const handle = house.temporal.workflow.getHandle(await play(house, who));
    await handle.result();
    writeFileSync(path.join(folder, `${name}.json`), historyText(await handle.fetchHistory()));
    await stop();
    console.log(`Recorded v${version}/${name}.`);
  }
}

const services = await startServices(temporalBinary());
try {
  const house = await furnish(await migratedPlaces(services.temporalAddress, services.postgresUrl, services.folder));
  await record(house).finally(() => house.close());
} finally {
  await services.stop();
}
process.exit(0);
