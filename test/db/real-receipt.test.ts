import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verify } from '../../bin/verify/verify.js';
import { seal } from '../../db/record.js';
import { verifyRecord } from '../../db/queries/record.js';
import { freshFolder } from '../support/harness.js';
import { approve, plainWalkThrough, start } from '../gate/acts.js';
import type { House } from '../gate/house.js';
import { openHouse } from '../gate/open-house.js';
import { publishedOf } from '../gate/record.js';
import { drafting } from '../gate/sop.js';
import { exportTo } from './record-kit.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.startWorker({ activities: drafting(house) });
});
afterAll(() => house.close());

it('what the worker publishes, and the record of it, satisfy the verifier; one byte more does not', async () => {
  const operator = await house.member('operator');
  const approver = await house.member('approver');
  const run = await start(house, operator, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await approve(house, approver, run);
  await house.reaches(run, 'published');
  await seal(house.api, { sealer: house.signer, dataFolder: house.data });

  const [published] = await publishedOf(house, run);
  const page = join(house.data, published?.address ?? '');
  expect(await verify([page])).toBe(0);
  const folder = join(freshFolder('export'), 'record');
  await exportTo(house, folder);
  expect(await verify([folder, '--checkpoints', join(house.data, 'published', 'checkpoints')])).toBe(0);
  expect((await verifyRecord(house.api)).verified).toBe(true);

  appendFileSync(page, ' ');
  expect(await verify([page])).toBe(1);
});
