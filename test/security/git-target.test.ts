import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { putTarget } from '../../db/commands/settings.js';
import { filePath } from '../../db/files.js';
import { newId } from '../../db/ids.js';
import { createTargets } from '../../activities/targets/index.js';
import type { Outcome, Target } from '../../activities/targets/target.js';
import { publish } from '../../activities/publish.js';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import { receiptSchema } from '../../workflows/domain/receipt.js';
import { verify } from '../../bin/verify/verify.js';
import { inRepository } from '../../ui/published/in-repository.js';
import { freshFolder } from '../support/harness.js';
import { until } from '../support/until.js';
import { approve, decideOn, plainWalkThrough, reviewOf, start } from '../gate/acts.js';
import { bareRepository, git } from '../gate/git-kit.js';
import type { House, Member } from '../gate/house.js';
import { openHouse } from '../gate/open-house.js';
import { publishedOf } from '../gate/record.js';
import { drafting } from '../gate/sop.js';

let house: House;
let ann: Member;
const remote = bareRepository();
const target = { id: newId(), kind: 'git' as const, name: 'Handbook', track: 'sop-drafting', active: true };
const address = `${remote}#main:docs`;
let answers: (() => Promise<Outcome>)[] = [];
let tried = 0;

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
  await putTarget(house.api, { token: ann.token, target: { ...target, address } });
  const targets = createTargets(house.data, { PATH: process.env['PATH'] ?? '' });
  const real = targets['git'];
  if (real === undefined) throw new Error('no git target');
  const watched: Target = {
    ...real,
    deliver: (delivery, signal) => {
      tried += 1;
      return answers.shift()?.() ?? real.deliver(delivery, signal);
    },
  };
  house.deps.targets = { ...targets, git: watched };
  await house.startWorker({ activities: drafting(house) });
});
afterAll(() => house.close());

const commits = () => (git(remote, 'for-each-ref') === '' ? [] : git(remote, 'rev-list', 'main').split('\n'));
const receiptIn = (published: { address: string; receipt: string }[]) => {
  const row = published.find((one) => one.address.startsWith(remote));
  return receiptSchema.parse(JSON.parse(row?.receipt ?? ''));
};

test('nothing reaches a repository before an approval, without one, or under another’s', async () => {
  const run = await start(house, ann, plainWalkThrough, 'Not approved');
  await house.reaches(run, 'in-review');
  expect(await publish(house.deps, { run, decision: newId() }, far())).toMatchObject({ state: 'in-review' });
  const rejected = await decideOn(house, ann, run, { decision: 'reject', reason: 'No.' });
  await house.reaches(run, 'rejected');
  await publish(house.deps, { run, decision: rejected.id }, far());
  expect(tried).toBe(0);
  expect(commits()).toEqual([]);
});

test('an approved page reaches folder and repository, once each; a retry finds it there, and a clone verifies', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const { id: decisionId } = await approve(house, ann, run);
  await house.reaches(run, 'published');
  const published = await publishedOf(house, run);
  expect(published).toHaveLength(2);
  expect(receiptIn(published)).toMatchObject({ commit: commits()[0], decision: { id: decisionId } });
  await publish(house.deps, { run, decision: decisionId }, far());
  expect(commits()).toHaveLength(1);
  const clone = freshFolder('clone');
  git(clone, 'clone', '--quiet', '--branch', 'main', remote, '.');
  const { path } = inRepository(published.find((one) => one.address.startsWith(remote))?.receipt ?? '') ?? { path: '' };
  expect(await verify([join(clone, path)])).toBe(0);
  appendFileSync(join(clone, path), ' ');
  expect(await verify([join(clone, path)])).toBe(1);
});

test('a worker that goes away after the push does not push again', async () => {
  const before = commits().length;
  const run = await start(house, ann, plainWalkThrough, 'Gone after the push');
  await house.reaches(run, 'in-review');
  const real = createTargets(house.data, { PATH: process.env['PATH'] ?? '' })['git'];
  let first: Outcome | undefined;
  const deliver = house.deps.targets['git'];
  if (real === undefined || deliver === undefined) throw new Error('no git target');
  house.deps.targets['git'] = {
    ...deliver,
    deliver: async (delivery, signal) => {
      if (first !== undefined) return real.deliver(delivery, signal);
      first = await real.deliver(delivery, signal);
      throw new Error('The worker went away after the push.');
    },
  };
  await approve(house, ann, run);
  await house.reaches(run, 'published');
  house.deps.targets['git'] = deliver;
  expect(commits()).toHaveLength(before + 1);
  expect(receiptIn(await publishedOf(house, run)).commit).toBe(commits()[0]);
});

test('bytes changed in the file store after the approval reach no repository', async () => {
  const before = commits().length;
  const run = await start(house, ann, plainWalkThrough, 'Changed bytes');
  await house.reaches(run, 'in-review');
  const { subjectDigest } = await reviewOf(house, run);
  const [row] = await house.owner<[{ manifest: string }]>`select manifest from subject where digest = ${subjectDigest}`;
  const { renditions } = manifestSchema.parse(JSON.parse(row.manifest));
  const stored = filePath(house.data, renditions[0]?.sha256 ?? '');
  const bytes = readFileSync(stored);
  writeFileSync(stored, 'Something nobody approved.');
  await approve(house, ann, run);
  await until(async () => (await house.standing(run)).round === 2);
  expect(commits()).toHaveLength(before);
  writeFileSync(stored, bytes);
});

test('where it cannot be known whether a push arrived, a person is asked in the end', async () => {
  const run = await start(house, ann, plainWalkThrough, 'Unknown');
  await house.reaches(run, 'in-review');
  answers = [async () => ({ outcome: 'failed', trouble: 'Cut off.', again: false, unsure: true })];
  await approve(house, ann, run);
  await house.reaches(run, 'uncertain');
});

test('the kind of a place cannot be changed under an approval', async () => {
  const folder = { ...target, kind: 'folder' as const, address };
  await expect(putTarget(house.api, { token: ann.token, target: folder })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

function far() {
  return { signal: new AbortController().signal };
}
