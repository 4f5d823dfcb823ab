import { decide, type Decided } from '../../db/commands/decide.js';
import { putDraft } from '../../db/commands/drafts.js';
import { fulfil } from '../../db/commands/reviews.js';
import { attachRecording, finishRunThrough, startRunThrough, tickStep } from '../../db/commands/run-through.js';
import { addSource } from '../../db/commands/sources.js';
import { startRun } from '../../db/commands/start-run.js';
import { putBytes, putText } from '../../db/files.js';
import { newId } from '../../db/ids.js';
import { factsOf, subjectMaterial } from '../../db/queries/material.js';
import { canonicalJson, sha256Hex } from '../../workflows/domain/canonical.js';
import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { decisionText } from '../../workflows/domain/decision-text.js';
import { slugOf } from '../../workflows/domain/slug.js';
import type { DecisionVerb } from '../../workflows/domain/states.js';
import { prepareSubject } from '../../workflows/domain/subject.js';
import { isTrackKey } from '../../workflows/domain/tracks.js';
import type { House, Member } from './house.js';
import { sopPayload } from './sop.js';

/** What people do, through the same commands as the api. */
type In = Pick<House, 'api' | 'owner' | 'data' | 'signer' | 'relay'>;

const said = (text: string, index: number) => ({
  index,
  startMs: index * 5000,
  endMs: index * 5000 + 4000,
  speaker: 'Owen',
  text,
});

/** Starts an SOP run from a transcript that says these sentences. */
export async function start(
  house: In,
  who: Member,
  sentences: readonly string[],
  title = 'Closing the till',
  drafter: AskedDrafter = 'default',
): Promise<string> {
  const text = sentences.join('\n');
  const { sha256, bytes } = await putText(house.data, text);
  const source = {
    id: newId(),
    kind: 'transcript',
    name: 'walk-through.txt',
    mediaType: 'text/plain',
    sha256,
    bytes,
    reading: { kind: 'transcript', transcript: { format: 'text', cues: sentences.map(said), warnings: [] } },
  };
  await addSource(house.api, { actor: { token: who.token }, source });
  const run = { id: newId(), track: 'sop-drafting', title, slug: slugOf(title), drafter };
  const started = { actor: { token: who.token }, run, sourceIds: [source.id], idempotencyKey: null };
  await startRun(house.api, { ...started, bodySha256: sha256Hex(run.id) });
  house.relay.wake();
  return run.id;
}

export const plainWalkThrough = [
  'First open the till and count the notes.',
  'Then write the sum into the cash book.',
  'You should see the sum of the day in green.',
];

type Review = { id: string; subjectDigest: string; version: number };

/** The review of a run's round, as the record has it. */
export async function reviewOf(house: In, run: string): Promise<Review> {
  const [row] = await house.owner<[{ id: string; subject_digest: string; draft_version: number }?]>`
    select id, subject_digest, draft_version from review where run_id = ${run} order by round desc limit 1`;
  if (row === undefined) throw new Error(`Run ${run} has no review.`);
  return { id: row.id, subjectDigest: row.subject_digest, version: row.draft_version };
}

/** Meets every requirement of the subject under review: a recorded run-through, and one confirmation each for the rest. */
export async function meetAll(house: In, who: Member, run: string): Promise<void> {
  const review = await reviewOf(house, run);
  const open = await house.owner<{ key: string; kind: string; value_digest: string }[]>`
    select key, kind, value_digest from requirement where subject_digest = ${review.subjectDigest} order by ordinal`;
  const { token } = who;
  const { id: runThrough } = await startRunThrough(house.api, { token, run, id: newId() });
  for (const { key, kind, value_digest } of open) {
    if (kind === 'confirm') {
      await fulfil(house.api, { token, review: review.id, key, valueDigest: value_digest });
    } else if (kind === 'run-through') {
      const step = key.slice('run-through:'.length);
      await tickStep(house.api, { token, runThrough, step, stepDigest: value_digest, result: 'as-written' });
    }
  }
  const stored = await putBytes(house.data, Buffer.from(`recording of ${runThrough}`));
  const recording = { id: newId(), kind: 'recording', name: 'run.webm', mediaType: 'video/webm', ...stored };
  await addSource(house.api, { actor: { token }, source: recording });
  await attachRecording(house.api, { token, runThrough, source: recording.id });
  await finishRunThrough(house.api, { token, runThrough });
}

type Verdict = { decision: DecisionVerb; reason?: string; subjectDigest?: string; drafter?: AskedDrafter };

/** Reads what is under review, and answers how to sign and decide on it, as the api does. */
export async function verdictOn(
  house: In,
  who: Member,
  run: string,
  verdict: Verdict,
): Promise<() => Promise<Decided>> {
  const review = await reviewOf(house, run);
  const subjectDigest = verdict.subjectDigest ?? review.subjectDigest;
  const approves = verdict.decision === 'approve';
  return async () => {
    const facts = {
      decisionId: newId(),
      reviewId: review.id,
      subjectDigest,
      decision: verdict.decision,
      personId: who.id,
      decidedAt: new Date().toISOString(),
      keyId: house.signer.keyId,
    };
    const decided = await decide(house.api, {
      token: who.token,
      decisionId: facts.decisionId,
      review: review.id,
      subjectDigest,
      decision: verdict.decision,
      reason: verdict.reason ?? null,
      decidedAt: facts.decidedAt,
      keyId: facts.keyId,
      signature: house.signer.sign(decisionText(facts)),
      keptShare: approves ? '1' : null,
      outcome: approves ? 'as-drafted' : null,
      drafter: verdict.drafter ?? null,
    });
    house.relay.wake();
    return decided;
  };
}

/** Signs and decides on what is under review. */
export async function decideOn(house: In, who: Member, run: string, verdict: Verdict): Promise<Decided> {
  return (await verdictOn(house, who, run, verdict))();
}

/** Everything met, then approved. */
export async function approve(house: In, who: Member, run: string): Promise<Decided> {
  await meetAll(house, who, run);
  return decideOn(house, who, run, { decision: 'approve' });
}

/** A person's own version: the same SOP with another first step. */
export async function edit(house: In, who: Member, run: string, action: string): Promise<number> {
  const material = await subjectMaterial(house.api, run);
  if (material === null || material.targets.length === 0 || !isTrackKey(material.track))
    throw new Error('nothing to edit');
  const payload = canonicalJson(sopPayload(action));
  const { manifest, files } = prepareSubject({
    run: { id: run, track: material.track, slug: material.slug },
    version: material.next_version,
    payload,
    targets: material.targets,
    images: material.images,
    facts: factsOf(material),
  });
  for (const file of files) await putText(house.data, file.text);
  const draft = { token: who.token, run, baseVersion: material.version ?? 0, payload, manifest };
  const { version } = await putDraft(house.api, draft);
  house.relay.wake();
  return version;
}
