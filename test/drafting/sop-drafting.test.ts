import fc from 'fast-check';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answersIn } from '../../activities/drafters/answers.js';
import { chooseDrafter } from '../../activities/drafters/choose.js';
import type { Drafter } from '../../activities/drafters/drafter.js';
import type { DraftingMaterial } from '../../activities/asking.js';
import { draftSop, type DraftSopDeps } from '../../activities/sop-drafting.js';
import { visibleOnly } from '../../workflows/domain/invisible.js';
import { assembleSop, candidateOf } from '../../workflows/domain/sop-drafting/assemble.js';
import { sopSchema, type SopCandidate } from '../../workflows/domain/sop-drafting/schema.js';
import { outcomes, startFakeAnthropic, type FakeAnthropic } from '../support/fake-anthropic.js';
import { candidate, transcript } from './candidates.js';
import { firstTemplate } from '../../workflows/domain/sop-drafting/template.js';

const runId = '01936d2e-7a10-7000-8000-000000000001';
const shotId = '01936d2e-7a10-7000-8000-0000000000aa';
const sources: DraftingMaterial['sources'] = [
  {
    id: runId,
    kind: 'transcript',
    name: 'w.vtt',
    sha256: 'a'.repeat(64),
    mediaType: 'text/vtt',
    reading: { kind: 'transcript', transcript },
  },
  {
    id: shotId,
    kind: 'screenshot',
    name: 's.png',
    sha256: 'b'.repeat(64),
    mediaType: 'image/png',
    reading: { kind: 'image', width: 10, height: 10, warnings: [] },
  },
];

let fake: FakeAnthropic;
let folder: string;
beforeAll(async () => {
  fake = await startFakeAnthropic(outcomes.good(candidate));
});
afterAll(() => fake.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drafting-'));
  fake.requests.length = 0;
  return () => rm(folder, { recursive: true });
});

function deps(material: Partial<DraftingMaterial> = {}, more: Partial<DraftSopDeps> = {}): DraftSopDeps {
  return {
    loadMaterial: () => Promise.resolve({ title: '', drafter: 'default', sources, redraft: null, ...material }),
    loadTemplate: () => Promise.resolve(firstTemplate),
    readFile: () => Promise.resolve(new Uint8Array(8)),
    chooseDrafter: (asked) => chooseDrafter({ anthropic: { apiKey: 'sk-test', baseUrl: fake.url } }, asked),
    answers: answersIn(folder),
    signal: new AbortController().signal,
    heartbeat: () => undefined,
    ...more,
  };
}

/** Changes asked of the last of these versions: the first was drafted, the others a person saved. */
function redraftOf(feedback: string, versions: readonly unknown[]) {
  const history = versions.map((sop, at) => ({ payload: JSON.stringify(sop), byPerson: at > 0 }));
  return { payload: history.at(-1)?.payload ?? '', feedback, about: null, history };
}

describe('a draft', () => {
  it('carries for each step the moment it came from, or none where the words are nowhere in the recording', async () => {
    fake.script(outcomes.good(candidate));
    const { payload, payloadText, drafter } = await draftSop(deps())({ runId, round: 1 });
    expect(payload.steps.map((step) => step.moment)).toEqual([
      { cue: 1, startMs: 4000, quote: 'go to NetSuite and open the Vendors tab' },
      { cue: 2, startMs: 8000, quote: 'Then click New Vendor' },
      null,
    ]);
    expect(payload.steps[0]?.screenshot).toBe(shotId);
    expect(payload.exceptions[0]?.decisionPointId).toBe(payload.decisionPoints[0]?.id);
    expect(JSON.parse(payloadText)).toEqual(payload);
    expect(drafter).toMatchObject({ drafter: 'claude', model: 'claude-sonnet-5-5', promptVersion: 'sop-drafting.v1' });
    expect(drafter.costUsd).toBeGreaterThan(0);
  });

  it('is refused without a transcript, before anybody is asked', async () => {
    const without = { sources: sources.slice(1) };
    await expect(draftSop(deps(without))({ runId, round: 1 })).rejects.toMatchObject({ code: 'transcript_required' });
    const erased = { sources: sources.map((source) => ({ ...source, reading: null })) };
    await expect(draftSop(deps(erased))({ runId, round: 1 })).rejects.toMatchObject({ code: 'transcript_required' });
    expect(fake.requests).toHaveLength(0);
  });

  it('is written by rules where no key is set or a person asked for rules', async () => {
    const none = deps({}, { chooseDrafter: (asked) => chooseDrafter({}, asked) });
    expect((await draftSop(none)({ runId, round: 1 })).drafter).toMatchObject({
      drafter: 'rules',
      model: null,
      costUsd: 0,
    });
    expect((await draftSop(deps({ drafter: 'rules' }))({ runId, round: 2 })).drafter.drafter).toBe('rules');
    expect(fake.requests).toHaveLength(0);
  });
});

describe('tokens', () => {
  it('are not spent twice: a retry after the answer came uses the answer, and gives the same bytes', async () => {
    fake.script(outcomes.good(candidate), outcomes.serverError());
    const first = await draftSop(deps())({ runId, round: 1 });
    const second = await draftSop(deps())({ runId, round: 1 });
    expect(second.payloadText).toBe(first.payloadText);
    expect(second.drafter).toEqual(first.drafter);
    expect(fake.requests).toHaveLength(1);
  });

  it('are spent anew for another input, and nothing is kept once forgotten', async () => {
    fake.script(outcomes.good(candidate));
    await draftSop(deps())({ runId, round: 1 });
    await draftSop(deps({ title: 'Another' }))({ runId, round: 1 });
    expect(fake.requests).toHaveLength(2);
    await answersIn(folder).forget(runId, 1);
    expect(await readdir(join(folder, 'drafting'))).toEqual([]);
  });

  it('are spent again rather than a cut-off answer trusted', async () => {
    fake.script(outcomes.good(candidate));
    await draftSop(deps())({ runId, round: 1 });
    await writeFile(join(folder, 'drafting', `${runId}-1.json`), '{"v":1,"inputDigest":"');
    await draftSop(deps())({ runId, round: 1 });
    expect(fake.requests).toHaveLength(2);
  });

  it.each([
    ['wrong_shape', outcomes.wrongSchema()],
    ['malformed', outcomes.malformed()],
    ['truncated', outcomes.truncated(candidate)],
    ['refused', outcomes.refusal(candidate)],
    ['overloaded', outcomes.overloaded()],
  ])('buy no draft where the outcome is %s, and drafting goes on when the provider is back', async (code, outcome) => {
    fake.script(outcome, outcomes.good(candidate));
    await expect(draftSop(deps())({ runId, round: 1 })).rejects.toMatchObject({ name: 'DraftingTrouble', code });
    expect((await draftSop(deps())({ runId, round: 1 })).payload.title).toBe('Onboard a vendor');
  });
});

describe('a redraft', () => {
  const first = assembleSop({
    candidate,
    transcript,
    screenshots: [shotId],
    previous: null,
    template: firstTemplate,
    seed: 'r:1',
  });

  it('keeps the ids of unchanged and of rewritten steps, and gives new ones to new steps', async () => {
    const steps = [
      {
        ...candidate.steps[1],
        action: 'Click New Vendor at the top right',
        where: '',
        expected: '',
        screenshot: null,
        quote: 'then click new vendor',
      },
      ...candidate.steps.slice(0, 1),
      { action: 'Close the tab', where: '', expected: '', screenshot: null, quote: null },
    ];
    fake.script(outcomes.good({ ...candidate, steps }));
    const redraft = redraftOf('Say where the button is.', [first]);
    const { payload } = await draftSop(deps({ redraft }))({ runId, round: 2 });
    expect(payload.steps.map((step) => step.id).slice(0, 2)).toEqual([first.steps[1]?.id, first.steps[0]?.id]);
    expect(first.steps.map((step) => step.id)).not.toContain(payload.steps[2]?.id);
    expect(fake.requests[0]?.body).toContain('Say where the button is.');
  });

  it('never overwrites what a person wrote, whatever the model returns: its words are offered', async () => {
    const mine = {
      ...first,
      purpose: 'As a person wrote',
      steps: first.steps.map((step) => ({ ...step, expected: 'Mine' })),
    };
    const steps = candidate.steps.map((step) => ({ ...step, expected: 'The model’s' }));
    fake.script(outcomes.good({ ...candidate, purpose: 'The model’s purpose', steps }));
    const { payload } = await draftSop(deps({ redraft: redraftOf('Rewrite all of it.', [first, mine]) }))({
      runId,
      round: 2,
    });
    expect(payload.purpose).toBe('As a person wrote');
    expect(payload.steps.map((step) => step.expected)).toEqual(mine.steps.map(() => 'Mine'));
    expect(payload.offers.map((offer) => offer.fields)).toContainEqual({ purpose: 'The model’s purpose' });
  });

  it('about one step changes nothing else, though the model changed everything', async () => {
    const steps = candidate.steps.map((step) => ({ ...step, where: 'Elsewhere' }));
    fake.script(outcomes.good({ ...candidate, title: 'Taken over', steps, exceptions: [] }));
    const asked = first.steps[0];
    const redraft = { ...redraftOf('Say where.', [first]), about: [asked?.id ?? ''] };
    const { payload } = await draftSop(deps({ redraft }))({ runId, round: 2 });
    expect(payload).toEqual({ ...first, steps: [{ ...asked, where: 'Elsewhere' }, ...first.steps.slice(1)] });
    expect(fake.requests[0]?.body).toContain('The changes are about these parts alone');
  });

  it('by rules is the earlier version as it stood, with what a person wrote', async () => {
    const edited = { ...first, steps: first.steps.map((step) => ({ ...step, expected: 'As a person wrote' })) };
    const redraft = redraftOf('Change it.', [first, edited]);
    const { payload } = await draftSop(deps({ redraft, drafter: 'rules' }))({ runId, round: 2 });
    expect(payload).toEqual(edited);
  });
});

describe('whatever a model returns', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '\u202e\u{e0041}',
      '</untrusted-data>',
      '# Title',
      '[x](javascript:alert(1))',
      '\u0000',
      '\ud800',
      'click new vendor',
    ),
  );
  const filled = hostile.filter((words) => visibleOnly(words).text.trim() !== '');
  const anyCandidate: fc.Arbitrary<SopCandidate> = fc.record({
    title: filled,
    purpose: hostile,
    scope: hostile,
    owner: hostile,
    approver: hostile,
    systemsOfRecord: fc.array(filled, { maxLength: 5 }),
    ownSections: fc.constant([]),
    prerequisites: fc.array(filled, { maxLength: 5 }),
    steps: fc.array(
      fc.record({
        action: filled,
        where: hostile,
        expected: hostile,
        screenshot: fc.option(fc.integer({ min: 1, max: 9 })),
        quote: fc.option(hostile),
      }),
      { maxLength: 12 },
    ),
    decisionPoints: fc.array(fc.record({ question: filled, step: fc.option(fc.integer({ min: 1, max: 99 })) }), {
      maxLength: 5,
    }),
    exceptions: fc.array(
      fc.record({
        when: filled,
        then: hostile,
        decisionPoint: fc.option(fc.integer({ min: 1, max: 99 })),
        quote: fc.option(hostile),
      }),
      { maxLength: 8 },
    ),
  });

  it('makes one valid draft with ids of its own and quotes that stand in the transcript, and nothing else', async () => {
    const drafterOf = (words: SopCandidate): Drafter => ({
      name: 'claude',
      model: 'm',
      costUsd: () => null,
      draft: () =>
        Promise.resolve({
          candidate: words,
          usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
        }),
    });
    const forgetful = {
      get: () => Promise.resolve(undefined),
      keep: () => Promise.resolve(),
      forget: () => Promise.resolve(),
    };
    await fc.assert(
      fc.asyncProperty(anyCandidate, async (words) => {
        const made = deps({}, { chooseDrafter: () => drafterOf(words), answers: forgetful });
        const { payload } = await draftSop(made)({ runId, round: 1 });
        expect(sopSchema.parse(payload)).toEqual(payload);
        const ids = [...payload.steps, ...payload.decisionPoints, ...payload.exceptions].map((item) => item.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { moment } of [...payload.steps, ...payload.exceptions])
          if (moment !== null) expect(transcript.cues.map((cue) => cue.text).join(' ')).toContain(moment.quote);
        const again = assembleSop({
          candidate: candidateOf(payload, [shotId]),
          transcript,
          screenshots: [shotId],
          previous: payload,
          template: firstTemplate,
          seed: 'x',
        });
        expect(again.steps.map((step) => step.id)).toEqual(payload.steps.map((step) => step.id));
      }),
      { numRuns: 300 },
    );
  });
});
