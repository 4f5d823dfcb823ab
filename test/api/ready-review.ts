import { z } from 'zod';
import { storeDrafterDraft } from '../../activities/prepare.js';
import { markScreened } from '../../db/commands/drafts.js';
import { openReview } from '../../db/commands/reviews.js';
import { close, connect } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import { sopReview, type SopReview } from '../../api/contract/reviews.js';
import { canonicalJson } from '../../workflows/domain/canonical.js';
import { emptySop, type Sop } from '../../workflows/domain/sop-drafting/schema.js';
import type { ApiUnderTest, As, Person } from './api-under-test.js';

export const sop: Sop = {
  ...emptySop,
  title: 'Log a visitor',
  purpose: 'So that reception knows who is in the building.',
  scope: '',
  owner: '',
  approver: '',
  systemsOfRecord: ['Visitor log'],
  prerequisites: [],
  steps: [
    {
      id: 's-00000001',
      action: 'Open the visitor log.',
      where: '',
      expected: 'Today stands on top.',
      screenshot: null,
      moment: null,
    },
    {
      id: 's-00000002',
      action: 'Write the name.',
      where: '',
      expected: 'It is in bold.',
      screenshot: null,
      moment: null,
    },
  ],
  decisionPoints: [{ id: 'd-00000001', question: 'Has the visitor a badge?', stepId: 's-00000002' }],
  exceptions: [],
};

export const transcript = {
  kind: 'transcript',
  name: 'walk-through.vtt',
  text: 'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nNoor Haddad: Open the visitor log and write the name.\n',
};

export const idOf = (body: unknown): string => z.object({ id: z.string() }).parse(body).id;

/** The code of a refusal; undefined for a success. */
export const codeOf = (body: unknown): string | undefined =>
  z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;

export async function addTranscript(api: ApiUnderTest, who: As): Promise<string> {
  return idOf((await api.ask(who, 'POST', '/api/sources', { body: transcript })).body);
}

export async function startRun(api: ApiUnderTest, who: As, key: string = newId()): Promise<string> {
  const sources = [await addTranscript(api, who)];
  const body = { track: 'sop-drafting', title: 'Log a visitor', sources };
  return idOf((await api.ask(who, 'POST', '/api/runs', { body, headers: { 'idempotency-key': key } })).body);
}

/** Does what the worker would: screens, drafts round `round`, opens its review. */
export async function draftAndOpen(api: ApiUnderTest, run: string, round = 1): Promise<string> {
  const db = connect(api.workerUrl, { name: 'api-test-worker', max: 2 });
  try {
    await markScreened(db, { run, kept: null });
    const drafter = { drafter: 'rules', model: null, promptVersion: null, usage: null, costUsd: null, seconds: 1 };
    await storeDrafterDraft({ db, data: api.data }, { run, round, payload: canonicalJson(sop), drafter });
    const soon = new Date(Date.now() + 3_600_000);
    return (await openReview(db, { run, round, reviewId: newId(), dueAt: soon, remindAt: soon })).reviewId;
  } finally {
    await close(db);
  }
}

export async function readReview(api: ApiUnderTest, who: As, id: string): Promise<SopReview> {
  return sopReview.parse((await api.ask(who, 'GET', `/api/reviews/${id}`)).body);
}

/** A review that waits for a person, of a run that `who` started. */
export async function openedReview(api: ApiUnderTest, who: Person): Promise<SopReview> {
  return readReview(api, who, await draftAndOpen(api, await startRun(api, who)));
}

/** The shortest file that is sniffed as WebM. */
export const webm = (salt = '') =>
  Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701', 'hex'),
    Buffer.from(salt.padEnd(64, '.')),
  ]);

/** Meets everything that the review asks for: a recorded run-through, and one act for each thing to confirm. */
export async function meetAll(api: ApiUnderTest, who: Person, review: SopReview): Promise<SopReview> {
  const path = `/api/runs/${review.runId}/run-throughs`;
  const rt = idOf((await api.ask(who, 'POST', path, { body: {} })).body);
  for (const { key, kind, valueDigest } of review.requirements) {
    if (kind === 'run-through') {
      const body = { step: key.replace('run-through:', ''), stepDigest: valueDigest, result: 'as-written' };
      await api.ask(who, 'PATCH', `${path}/${rt}`, { body });
    } else await api.ask(who, 'POST', `/api/reviews/${review.id}/fulfilments`, { body: { key, valueDigest } });
  }
  const headers = { 'content-type': 'video/webm' };
  await api.ask(who, 'POST', `${path}/${rt}/recording?offset=0&last=true`, { raw: webm(rt), headers });
  await api.ask(who, 'POST', `${path}/${rt}/finish`, { body: {} });
  return readReview(api, who, review.id);
}
