import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { historyOf, historySchema } from './history.js';

const workflowBundle = { codePath: path.resolve(import.meta.dirname, '../../dist/workflow-bundle.js') };

const releases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name.startsWith('v'))
  .map((entry) => entry.name);

const textOf = (release: string, name: string) =>
  readFileSync(path.join(import.meta.dirname, release, `${name}.json`), 'utf8');
const recorded = (release: string, name: string) => historySchema.parse(JSON.parse(textOf(release, name)));
const replay = (history: z.infer<typeof historySchema>) =>
  Worker.runReplayHistory({ workflowBundle }, historyOf(history));

beforeAll(() => {
  const logging = { forward: {}, filter: 'OFF' };
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging },
    shutdownSignals: [],
  });
});

test('there is a recorded release', () => {
  expect(releases).toContain('v0.1.0');
});

describe.each(releases)('a workflow of %s that is under way goes on with today’s code', (release) => {
  test.each([
    ...['approve', 'request-changes', 'reject', 'withdraw', 'late', 'kept-human'],
    ...['contract-approve', 'contract-request-changes', 'contract-reject', 'contract-withdraw', 'contract-reminders'],
    ...['letter-approve', 'letter-reject'],
  ])('%s', async (name) => {
    await replay(recorded(release, name));
  });
});

test('a history of another process does not replay', async () => {
  const history = recorded('v0.1.0', 'approve');
  const started = history.events[0];
  if (started === undefined) throw new Error('an empty history');
  started['workflowExecutionStartedEventAttributes'] = {
    ...z.looseObject({}).parse(started['workflowExecutionStartedEventAttributes']),
    workflowType: { name: 'somebodyElses' },
  };
  await expect(replay(history)).rejects.toThrow();
});

test('a history with its drafting taken out does not replay', async () => {
  const history = recorded('v0.1.0', 'approve');
  const renamed = historySchema.parse(
    JSON.parse(JSON.stringify(history).replaceAll('"draftSop"', '"draftAndPublish"')),
  );
  await expect(replay(renamed)).rejects.toThrow(DeterminismViolationError);
});

test('a history in which the publication came before the reading of the approval does not replay', async () => {
  const history = recorded('v0.1.0', 'approve');
  const [read, publish] = history.events
    .filter(({ eventType }) => eventType === 'EVENT_TYPE_MARKER_RECORDED')
    .slice(-2);
  if (read === undefined || publish === undefined) throw new Error('no local activities');
  const content = 'markerRecordedEventAttributes';
  [read[content], publish[content]] = [publish[content], read[content]];
  await expect(replay(history)).rejects.toThrow();
});

test.each(releases)('histories of %s hold ids only, never words of a source or a draft', (release) => {
  for (const file of readdirSync(path.join(import.meta.dirname, release))) {
    const text = textOf(release, path.basename(file, '.json'));
    const payloads = [...text.matchAll(/"data": "([A-Za-z0-9+/=]+)"/g)].map((match) =>
      Buffer.from(match[1] ?? '', 'base64').toString('utf8'),
    );
    expect(payloads.length).toBeGreaterThan(file === 'contract-reminders.json' ? 0 : 3);
    for (const payload of [text, ...payloads]) {
      expect(payload).not.toMatch(
        /till|notes|cash book|drawer|walk-through|legal|Ann\b|Started (twice|by)|agreement|Brightwater|the cap|Harrow|Quay|We stay/i,
      );
    }
  }
});
