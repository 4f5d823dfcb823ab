import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gitTarget } from '../../activities/targets/git.js';
import type { Delivery, Outcome, Target } from '../../activities/targets/target.js';
import { receiptSchema } from '../../workflows/domain/receipt.js';
import { freshFolder } from '../support/harness.js';
import { bareRepository, deliveryTo, git, somebodyPushes } from './git-kit.js';

const PATH = process.env['PATH'] ?? '';
let target: Target;
let remote: string;
beforeEach(() => {
  target = gitTarget(freshFolder('data'), { PATH });
  remote = bareRepository();
});

function commitOf(outcome: Outcome): string {
  if (outcome.outcome !== 'published') throw new Error(JSON.stringify(outcome));
  return receiptSchema.parse(JSON.parse(outcome.receipt)).commit ?? '';
}
const shown = (delivery: Delivery, branch = 'main') => git(remote, 'show', `${branch}:${delivery.page.path}`);
const count = (branch = 'main') => Number(git(remote, 'rev-list', '--count', branch));

test('the first page makes the branch of an empty repository, and its receipt names the commit', async () => {
  const delivery = deliveryTo(`${remote}#main`, { picture: 'till' });
  const commit = commitOf(await target.deliver(delivery));
  expect(commit).toBe(git(remote, 'rev-parse', 'main'));
  expect(`${shown(delivery)}\n`).toBe(Buffer.from(delivery.page.bytes).toString('utf8'));
  expect(git(remote, 'log', '-1', '--format=%an <%ae> %aI %cI%n%B', 'main')).toBe(
    `Countersign <countersign@countersign.invalid> 2026-11-24T10:00:00+00:00 2026-11-24T10:00:00+00:00\n` +
      `Closing the till, version 1\n\nCountersign-Decision: ${delivery.decision.id}`,
  );
  expect(git(remote, 'ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual([
    'sop-drafting/closing-the-till/closing-the-till.md',
    'sop-drafting/closing-the-till/closing-the-till.receipt.json',
    'sop-drafting/closing-the-till/images/till.png',
  ]);
});

test('over file://, into a folder, nothing outside the item’s own folder is touched', async () => {
  somebodyPushes(remote, { 'README.md': 'ours', 'docs/other.md': 'other', 'docs/sop-drafting/x/x.md': 'x' });
  const before = git(remote, 'ls-tree', '-r', 'main');
  await target.deliver(deliveryTo(`file://${remote}#main:docs`)).then(commitOf);
  const after = git(remote, 'ls-tree', '-r', 'main').split('\n');
  expect(after.filter((line) => !line.includes('closing-the-till')).join('\n')).toBe(before);
  expect(after).toHaveLength(5);
});

test('the same delivery into two repositories of the same state makes the same commit', async () => {
  const tips = [remote, bareRepository()];
  const delivery = deliveryTo(`${remote}#main`, { picture: 'till' });
  const commits: string[] = [];
  for (const tip of tips) {
    const other = gitTarget(freshFolder('data'), { PATH });
    commits.push(commitOf(await other.deliver({ ...delivery, address: `${tip}#main` })));
  }
  expect(commits[0]).toBe(commits[1]);
});

test('what was pushed and not settled is found by its decision, and not pushed twice, whatever came after', async () => {
  const delivery = deliveryTo(`${remote}#main`);
  const first = commitOf(await target.deliver(delivery));
  somebodyPushes(remote, { 'README.md': 'later' });
  somebodyPushes(remote, { [delivery.page.path]: 'edited later' });
  for (const again of [target, gitTarget(freshFolder('data'), { PATH })]) {
    expect(commitOf(await again.deliver(delivery))).toBe(first);
  }
  expect(count()).toBe(3);
  expect(commitOf(await target.acknowledge(delivery))).toBe(first);
});

test('somebody else’s commit that only carries the trailer does not count as the delivery', async () => {
  const delivery = deliveryTo(`${remote}#main`);
  const tip = somebodyPushes(remote, { 'README.md': 'x' });
  const tree = git(remote, 'rev-parse', `${tip}^{tree}`);
  const forged = git(
    remote,
    'commit-tree',
    tree,
    '-p',
    tip,
    '-m',
    `x\n\nCountersign-Decision: ${delivery.decision.id}`,
  );
  git(remote, 'update-ref', 'refs/heads/main', forged);
  expect(commitOf(await target.deliver(delivery))).not.toBe(forged);
  expect(shown(delivery)).toContain('Count the notes.');
});

test('several deliveries at once arrive each once, one after another', async () => {
  somebodyPushes(remote, { 'README.md': 'x' });
  const deliveries = ['one', 'two', 'three'].map((slug) => deliveryTo(`${remote}#main`, { slug }));
  const commits = (await Promise.all(deliveries.map((one) => target.deliver(one)))).map(commitOf);
  expect(new Set(commits).size).toBe(3);
  expect(count()).toBe(4);
  for (const delivery of deliveries) expect(shown(delivery)).toContain('Count the notes.');
});

test('a new version takes the place of the one before, and takes away its pictures alone', async () => {
  const runId = '01999999-0000-7000-8000-000000000001';
  await target.deliver(deliveryTo(`${remote}#main`, { runId, picture: 'old' })).then(commitOf);
  somebodyPushes(remote, { 'sop-drafting/closing-the-till/notes.txt': 'kept' });
  const second = { runId, version: 2, words: 'Count twice.', picture: 'new', decidedAt: '2026-11-25T10:00:00.000Z' };
  await target.deliver(deliveryTo(`${remote}#main`, second)).then(commitOf);
  const files = git(remote, 'ls-tree', '-r', '--name-only', 'main');
  expect(files).toContain('images/new.png');
  expect(files).not.toContain('images/old.png');
  expect(files).toContain('notes.txt');
  const late = await target.deliver(deliveryTo(`${remote}#main`, { runId, decidedAt: '2026-11-24T11:00:00.000Z' }));
  expect(late).toMatchObject({ outcome: 'failed', again: false, trouble: expect.stringMatching(/newer version/) });
});

test('what somebody else put there is never overwritten', async () => {
  const delivery = deliveryTo(`${remote}#main`);
  somebodyPushes(remote, { [delivery.page.path]: 'Somebody else was here.' });
  const outcome = await target.deliver(delivery);
  expect(outcome).toMatchObject({ outcome: 'failed', again: false, trouble: expect.stringMatching(/not overwritten/) });
  expect(shown(delivery)).toBe('Somebody else was here.');
});

test('a link or a submodule on the way is refused', async () => {
  somebodyPushes(remote, { 'sop-drafting': { link: '/etc' } });
  expect(await target.deliver(deliveryTo(`${remote}#main`))).toMatchObject({ outcome: 'failed', again: false });
  const tree = git(remote, 'rev-parse', 'main');
  git(remote, 'update-index', '--add', '--cacheinfo', `160000,${tree},sop-drafting`);
  const made = git(remote, 'commit-tree', git(remote, 'write-tree'), '-m', 'x');
  git(remote, 'update-ref', 'refs/heads/other', made);
  expect(await target.deliver(deliveryTo(`${remote}#other`))).toMatchObject({
    outcome: 'failed',
    trouble: '“sop-drafting” in the repository is not a folder.',
  });
});

test('a repository whose hook turns the page away says so in its own words, and holds nothing new', async () => {
  const hook = join(remote, 'hooks', 'pre-receive');
  writeFileSync(hook, '#!/bin/sh\necho "Ask Ann first." >&2\nexit 1\n');
  chmodSync(hook, 0o755);
  const outcome = await target.deliver(deliveryTo(`${remote}#main`));
  expect(outcome).toMatchObject({ outcome: 'failed', again: false, trouble: expect.stringMatching(/Ask Ann first/) });
  expect(outcome).not.toHaveProperty('unsure');
});

test('a branch that moved between the look and the push is looked at again, and nothing on it is lost', async () => {
  somebodyPushes(remote, { 'README.md': 'x' });
  // The first push meets a branch that a hook has just moved: the other side refuses the old parent.
  const hook = join(remote, 'hooks', 'pre-receive');
  const moved = git(remote, 'commit-tree', git(remote, 'rev-parse', 'main^{tree}'), '-p', 'main', '-m', 'Faster');
  writeFileSync(hook, `#!/bin/sh\nrm "$0"\nenv -u GIT_QUARANTINE_PATH git update-ref refs/heads/main ${moved}\n`);
  chmodSync(hook, 0o755);
  const commit = commitOf(await target.deliver(deliveryTo(`${remote}#main`)));
  expect(git(remote, 'rev-parse', `${commit}^`)).toBe(moved);
  expect(count()).toBe(3);
});

test('bytes that are not what was approved are not published', async () => {
  const delivery = deliveryTo(`${remote}#main`);
  const changed = { ...delivery, page: { ...delivery.page, bytes: Buffer.from('# Something nobody approved\n') } };
  expect(await target.deliver(changed)).toMatchObject({ outcome: 'failed', again: false });
  expect(git(remote, 'for-each-ref')).toBe('');
});

test('an address that runs a program is refused before git sees it', async () => {
  const proof = join(freshFolder('proof'), 'ran');
  for (const address of [`ext::sh -c touch% ${proof}#main`, `--upload-pack=touch ${proof}#main`]) {
    expect(await target.deliver(deliveryTo(address))).toMatchObject({ outcome: 'failed', again: false });
  }
  expect(() => readFileSync(proof)).toThrow();
});

test('trouble says what to do: no repository, no network, no git', async () => {
  expect(await target.deliver(deliveryTo('/nowhere/handbook.git#main'))).toMatchObject({
    again: false,
    trouble: expect.stringMatching(/no repository at this address/),
  });
  expect(await target.deliver(deliveryTo('git://127.0.0.1:1/handbook.git#main'))).toMatchObject({
    again: true,
    trouble: expect.stringMatching(/cannot be reached/),
  });
  const without = gitTarget(freshFolder('data'), { PATH: freshFolder('empty') });
  expect(await without.deliver(deliveryTo(`${remote}#main`))).toMatchObject({
    again: false,
    trouble: expect.stringMatching(/Git is not installed/),
  });
});
