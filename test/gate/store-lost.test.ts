import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Outcome } from '../../activities/targets/target.js';
import { createTargets } from '../../activities/targets/index.js';
import { undoDecision } from '../../db/commands/decide.js';
import { resolvePublication } from '../../db/commands/publish.js';
import { releaseRun, retryRun } from '../../db/commands/runs.js';
import { putSetting } from '../../db/commands/settings.js';
import { defaultPolicy } from '../../workflows/domain/policy.js';
import { until } from '../support/until.js';
import { approve, decideOn, edit, meetAll, plainWalkThrough, start } from './acts.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';
import { publishedOf } from './record.js';
import { drafting } from './sop.js';

let house: House;
let ann: Member;
const answers: Outcome[] = [];
let draftable = true;

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
  const folder = createTargets(house.data)['folder'];
  if (folder === undefined) throw new Error('no folder target');
  const place = {
    ...folder,
    deliver: async (it: Parameters<typeof folder.deliver>[0]) => answers.shift() ?? folder.deliver(it),
  };
  const activities = drafting(house, async () => {
    if (!draftable) throw new Error('not now');
  });
  await house.startWorker({ activities, deps: { targets: { folder: place } } });
});
afterAll(() => house.close());

/** As after the loss of Temporal's file: it knows nothing of the run any more, and the outbox is empty. */
async function forget(run: string): Promise<void> {
  const before = (await house.temporal.workflow.getHandle(run).describe()).runId;
  const workflowExecution = { workflowId: run, runId: before };
  await house.temporal.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution });
  const gone = async () => {
    try {
      // The relay may have been quicker and have started it afresh.
      return (await house.temporal.workflow.getHandle(run).describe()).runId !== before;
    } catch (error) {
      return error instanceof WorkflowNotFoundError;
    }
  };
  await until(gone, { what: `Temporal forgetting run ${run}` });
}

async function inReview(): Promise<string> {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  return run;
}

/** What the reconciler does with a run whose workflow is gone. */
const look = (run: string) =>
  house.temporal.workflow.signalWithStart('sopDrafting', {
    workflowId: run,
    taskQueue: house.taskQueue,
    signal: 'look',
  });

/** Brings a run into a state, and says how people go on from there. */
const ways: Record<string, () => Promise<{ run: string; goOn: () => Promise<unknown> }>> = {
  'kept human': async () => {
    const run = await start(house, ann, ['Is this a legal matter?', ...plainWalkThrough]);
    await house.reaches(run, 'kept-human');
    return {
      run,
      goOn: async () => {
        await releaseRun(house.api, { token: ann.token, run, reason: 'It is not.' });
        house.relay.wake();
        await house.reaches(run, 'in-review');
        await approve(house, ann, run);
      },
    };
  },
  drafting: async () => {
    draftable = false;
    const run = await start(house, ann, plainWalkThrough);
    await house.reaches(run, 'drafting');
    return {
      run,
      goOn: async () => {
        draftable = true;
        await house.reaches(run, 'in-review');
        await approve(house, ann, run);
      },
    };
  },
  'in review': async () => {
    const run = await inReview();
    return { run, goOn: () => approve(house, ann, run) };
  },
  'in review with an edit': async () => {
    const run = await inReview();
    await edit(house, ann, run, 'Count it twice.');
    return { run, goOn: () => approve(house, ann, run) };
  },
  'in a second round': async () => {
    const run = await inReview();
    await decideOn(house, ann, run, { decision: 'request-changes', reason: 'Again.' });
    await until(
      async () => (await house.standing(run)).round === 2 && (await house.standing(run)).state === 'in-review',
    );
    return { run, goOn: () => approve(house, ann, run) };
  },
  'with an approval undone': async () => {
    await grace(2);
    const run = await inReview();
    const { reviewId } = await house.standing(run);
    await approve(house, ann, run);
    await undoDecision(house.api, { token: ann.token, review: reviewId ?? '' });
    return { run, goOn: () => decideOn(house, ann, run, { decision: 'approve' }) };
  },
  'within an approval’s grace': async () => {
    await grace(2);
    const run = await inReview();
    await approve(house, ann, run);
    await grace(0);
    return { run, goOn: async () => undefined };
  },
  'with changes asked for and not yet seen': async () => {
    const run = await inReview();
    await meetAll(house, ann, run);
    await decideOn(house, ann, run, { decision: 'request-changes', reason: 'Again.' });
    return {
      run,
      goOn: async () => {
        await until(
          async () => (await house.standing(run)).round === 2 && (await house.standing(run)).state === 'in-review',
        );
        await approve(house, ann, run);
      },
    };
  },
  uncertain: async () => {
    const run = await inReview();
    answers.push({ outcome: 'uncertain', trouble: 'No answer.' });
    await approve(house, ann, run);
    await house.reaches(run, 'uncertain');
    return { run, goOn: () => resolve(run, 'arrived') };
  },
  'with a failed delivery': async () => {
    const run = await inReview();
    answers.push({ outcome: 'failed', trouble: 'In the way.', again: false });
    await approve(house, ann, run);
    await house.reaches(run, 'failed');
    return { run, goOn: () => resolve(run, 'send-again') };
  },
};

const grace = (graceSeconds: number) =>
  putSetting(house.api, { token: ann.token, key: 'policy:sop-drafting', value: { ...defaultPolicy, graceSeconds } });

async function resolve(run: string, resolution: 'arrived' | 'send-again'): Promise<void> {
  const [row] = await house.owner<[{ id: string }]>`select id from publication where run_id = ${run}`;
  await resolvePublication(house.api, { token: ann.token, publication: row.id, resolution, reason: 'I looked.' });
  house.relay.wake();
}

for (const [state, reach] of Object.entries(ways)) {
  test(`a run ${state} finishes though Temporal has lost it`, async () => {
    const { run, goOn } = await reach();
    await forget(run);
    await look(run);
    await goOn();
    await house.reaches(run, 'published');
    expect(await publishedOf(house, run)).toHaveLength(1);
  });
}

test('trouble that was final is taken up again after Temporal has lost the run', async () => {
  const run = await inReview();
  await house.owner`update run set state = 'failed', trouble = '{"code": "refused", "words": "No."}' where id = ${run}`;
  await house.owner`delete from review where run_id = ${run}`;
  await forget(run);
  await look(run);
  await retryRun(house.api, { token: ann.token, run, drafter: 'default' });
  house.relay.wake();
  await house.reaches(run, 'in-review');
});
