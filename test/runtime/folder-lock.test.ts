import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder, runningOver } from '../../bin/folder-lock.js';
import { freshFolder } from '../support/harness.js';

test('two supervisors never run over one data folder', () => {
  const data = freshFolder();
  const lock = lockFolder(data);
  lock.note({ port: 4747 });
  expect(() => lockFolder(data)).toThrow(/already runs over .* on port 4747.*COUNTERSIGN_DATA/);
  lock.release();
  expect(runningOver(data)).toBeNull();
  lockFolder(data).release();
});

test('the lock of a killed supervisor is taken over', async () => {
  const data = freshFolder();
  const child = spawn('sleep', ['60']);
  lockFolder(data).note({ pid: child.pid ?? 0, mark: 'whatever it was' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = lockFolder(data);
  expect(runningOver(data)?.pid).toBe(process.pid);
  lock.release();
});

test('a pid that was given to another program does not hold the folder', () => {
  const data = freshFolder();
  lockFolder(data).release();
  const file = path.join(data, 'run', 'supervisor.json');
  writeFileSync(file, JSON.stringify({ pid: process.pid, mark: 'another beginning' }));
  expect(runningOver(data)).toBeNull();
  lockFolder(data);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
});
