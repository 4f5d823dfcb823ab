import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import postgres from 'postgres';
import { registerSigningKey } from '../../db/commands/checkpoint.js';
import { decide, type Decided } from '../../db/commands/decide.js';
import { markScreened, putDraft, putDrafterDraft } from '../../db/commands/drafts.js';
import { openReview } from '../../db/commands/reviews.js';
import { addSource } from '../../db/commands/sources.js';
import { startRun, type Started } from '../../db/commands/start-run.js';
import { close, connect, type Db } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import type { Sealer } from '../../db/record.js';
import { keyIdOf } from '../../api/signing.js';
import { canonicalJson, sha256Hex } from '../../workflows/domain/canonical.js';
import { decisionText } from '../../workflows/domain/decision-text.js';
import { Refusal, type ErrorCode } from '../../workflows/domain/errors.js';
import { manifestText, type Requirement } from '../../workflows/domain/manifest.js';
import type { Role } from '../../workflows/domain/roles.js';
import type { DecisionVerb } from '../../workflows/domain/states.js';
import { freshDatabase } from '../support/harness.js';

export type Somebody = { id: string; token: string; name: string };
export type Target = { id: string; name: string; address: string };

/** The database's gate alone: no server, no workflow, no files. */
export type Kit = {
  owner: postgres.Sql;
  api: Db;
  worker: Db;
  sealer: Sealer;
  target: Target;
  urls: { owner: string; api: string; worker: string };
  close(): Promise<void>;
};

export async function openKit(): Promise<Kit> {
  const database = await freshDatabase();
  const owner = postgres(database.ownerUrl, { max: 4, onnotice: () => undefined });
  const api = connect(database.apiUrl, { name: 'test-api', max: 20 });
  const worker = connect(database.workerUrl, { name: 'test-worker', max: 5 });
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ format: 'jwk' }).x ?? '';
  const sealer: Sealer = {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString('base64url'),
  };
  await registerSigningKey(api, sealer);
  const [target] = await owner<Target[]>`select id, name, address from target`;
  if (target === undefined) throw new Error('The migrator made no target.');
  return {
    owner,
    api,
    worker,
    sealer,
    target,
    urls: { owner: database.ownerUrl, api: database.apiUrl, worker: database.workerUrl },
    close: async () => {
      await Promise.all([close(api), close(worker), owner.end({ timeout: 2 })]);
      await database.drop();
    },
  };
}

/** A member with a live session, put there by the database's owner. */
export async function member(kit: Kit, role: Role, name: string = role): Promise<Somebody> {
  const id = newId();
  const token = randomBytes(24).toString('base64url');
  await kit.owner`insert into "user" (id, name, email) values (${id}, ${name}, ${`${id}@team.example`})`;
  await kit.owner`insert into member (user_id, role, granted_at) values (${id}, ${role}, now())`;
  await kit.owner`insert into session (id, token, user_id, expires_at) values (${newId()}, ${token}, ${id}, now() + interval '1 day')`;
  return { id, token, name };
}

const confirm = (key: string, value: string): Requirement => ({
  key,
  kind: 'confirm',
  label: `Confirm ${key}.`,
  valueDigest: sha256Hex(value),
});

/** The run-through that every SOP asks for, as it comes. */
export const runThrough = (step = 's-00000001', value = 'as written'): Requirement => ({
  ...confirm(`run-through:${step}`, value),
  kind: 'run-through',
});
export { confirm };

type Page = { version: number; text?: string; requirements?: Requirement[]; target?: Target };

/** A manifest of one page, made by hand so that a test decides what it asks for. */
export function manifest(kit: Kit, run: string, page: Page): string {
  const target = page.target ?? kit.target;
  return manifestText({
    v: 1,
    run,
    track: 'sop-drafting',
    draftVersion: page.version,
    renditions: [
      {
        sha256: sha256Hex(page.text ?? `page ${page.version}`),
        mediaType: 'text/markdown',
        bytes: 10,
        targetId: target.id,
        targetName: target.name,
        targetAddress: target.address,
        path: `sop-drafting/${run}/v${page.version}.md`,
        recipients: [],
        assets: [],
      },
    ],
    requirements: page.requirements ?? [runThrough()],
  });
}

export async function transcript(kit: Kit, who: Somebody, kind = 'transcript'): Promise<string> {
  const id = newId();
  const source = { id, kind, name: 'said.txt', mediaType: 'text/plain', sha256: sha256Hex(id), bytes: 10 };
  await addSource(kit.api, { actor: { token: who.token }, source });
  return id;
}

export async function startedRun(kit: Kit, who: Somebody, title = 'Closing the till'): Promise<Started> {
  const id = newId();
  const slug = title.toLowerCase().replaceAll(' ', '-');
  return startRun(kit.api, {
    actor: { token: who.token },
    run: { id, track: 'sop-drafting', title, slug },
    sourceIds: [await transcript(kit, who)],
    idempotencyKey: newId(),
    bodySha256: sha256Hex(id),
  });
}

export type UnderReview = { run: string; review: string; digest: string };
type Drafted = { requirements?: Requirement[]; round?: number };

/** The worker's part of a round: a drafter's version, then the review. */
export async function draftAndOpen(
  kit: Kit,
  run: string,
  { requirements, round = 1 }: Drafted = {},
): Promise<UnderReview> {
  const [row] = await kit.owner<
    [{ next: number }]
  >`select coalesce(max(version), 0) + 1 as next from draft where run_id = ${run}`;
  const text = manifest(kit, run, { version: row.next, ...(requirements ? { requirements } : {}) });
  const payload = canonicalJson({ text: `drafter's round ${round}` });
  const drafter = { drafter: 'rules' };
  const { subjectDigest } = await putDrafterDraft(kit.worker, { run, round, payload, manifest: text, drafter });
  const opened = await openReview(kit.worker, { run, round, reviewId: newId(), ...due() });
  return { run, review: opened.reviewId, digest: subjectDigest };
}

export const due = () => ({ dueAt: new Date(Date.now() + 3_600_000), remindAt: new Date(Date.now() + 1_800_000) });

/** A run that waits for a person's decision. */
export async function underReview(kit: Kit, who: Somebody, drafted: Drafted = {}): Promise<UnderReview> {
  const { id } = await startedRun(kit, who);
  await markScreened(kit.worker, { run: id, kept: null });
  return draftAndOpen(kit, id, drafted);
}

type Edited = { version: number; base?: number; text?: string; requirements?: Requirement[] };

/** A person's next version. */
export async function edited(kit: Kit, who: Somebody, at: UnderReview, page: Edited): Promise<UnderReview> {
  const text = page.text ?? `edit ${page.version}`;
  const answer = await putDraft(kit.api, {
    token: who.token,
    run: at.run,
    baseVersion: page.base ?? page.version - 1,
    payload: canonicalJson({ text }),
    manifest: manifest(kit, at.run, { ...page, text }),
  });
  return { ...at, digest: answer.subjectDigest };
}

/** Meets everything by the owner's hand: for tests of what comes after. */
export async function metAll(kit: Kit, who: Somebody, at: UnderReview): Promise<void> {
  await kit.owner`
    insert into fulfilment (run_id, key, value_digest, person, at)
    select ${at.run}, key, value_digest, ${who.id}, now() from requirement where subject_digest = ${at.digest}
    on conflict do nothing`;
}

export type Verdict = {
  decision?: DecisionVerb;
  reason?: string | null;
  digest?: string;
  decidedAt?: string;
  keyId?: string;
  id?: string;
};

/** Signs as the api does, and decides. */
export function decided(kit: Kit, who: Somebody, at: UnderReview, verdict: Verdict = {}): Promise<Decided> {
  const decision = verdict.decision ?? 'approve';
  const facts = {
    decisionId: verdict.id ?? newId(),
    reviewId: at.review,
    subjectDigest: verdict.digest ?? at.digest,
    decision,
    personId: who.id,
    decidedAt: verdict.decidedAt ?? new Date().toISOString(),
    keyId: verdict.keyId ?? kit.sealer.keyId,
  };
  return decide(kit.api, {
    token: who.token,
    decisionId: facts.decisionId,
    review: at.review,
    subjectDigest: facts.subjectDigest,
    decision,
    reason: verdict.reason ?? null,
    decidedAt: facts.decidedAt,
    keyId: facts.keyId,
    signature: kit.sealer.sign(decisionText(facts)),
    outcome: decision === 'approve' ? 'as-drafted' : null,
  });
}

/** The refusal that an act ends in: its code, its details. Fails where the act is not refused. */
export async function refusal(act: Promise<unknown>): Promise<{ code: ErrorCode; details: Record<string, unknown> }> {
  const outcome = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Refusal)) throw new Error('It was not refused.', { cause: outcome });
  return { code: outcome.code, details: outcome.details ?? {} };
}

export const refused = async (act: Promise<unknown>): Promise<ErrorCode> => (await refusal(act)).code;
