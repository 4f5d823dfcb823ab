import { createHash } from 'node:crypto';
import { newId } from '../db/ids.js';
import { beginDelivery, refusePublication, reserveAndBegin, settlePublication } from '../db/commands/publish.js';
import { read } from '../db/files.js';
import { approvalToPublish, type Approval, type PublicationRow } from '../db/queries/delivery.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Manifest, Rendition } from '../workflows/domain/manifest.js';
import { receiptText } from '../workflows/domain/receipt.js';
import type { PublishRequest, Standing } from '../workflows/gate/standing.js';
import { checkApproval } from './approval.js';
import type { GateDeps } from './deps.js';
import { isId, standingOf } from './gate.js';
import { tellAbout } from './notices/tell.js';
import type { DeliveredFile, Delivery, Outcome, Target } from './targets/target.js';

/** After so many tries in a row a delivery has failed, and a person looks. */
const maxTries = 5;
const waitMs = (tries: number) => Math.min(60_000, 1_000 * 4 ** (tries - 1));

/** Given where far places are delivered to as well. */
export type Far = { signal: AbortSignal };

/**
 * Delivers what a decision approved: exactly those bytes, once per address. Believes nothing that it is
 * told: the decision, its signature, the role, the bytes and the address are checked again from the record.
 */
export async function publish(deps: GateDeps, asked: PublishRequest, far?: Far): Promise<Standing | null> {
  if (!isId(asked.run) || !isId(asked.decision)) return null;
  const found = await approvalToPublish(deps.db, asked.run, asked.decision);
  if (found === null || !found.grace_over) return standingOf(deps, asked.run);
  const checked = checkApproval(found);
  if ('code' in checked) return refused(deps, asked, checked.code);
  const files = await readAll(deps, checked.manifest);
  if (files === null) return refused(deps, asked, 'bytes');
  let retryInMs = 0;
  let left = false;
  for (const row of await toDeliver(deps, found, checked.manifest, far)) {
    const rendition = checked.manifest.renditions.find((it) => addressOf(it) === row.address);
    if (rendition === undefined || rendition.sha256 !== row.renditionSha256) continue;
    const target = deps.targets[found.kinds[rendition.targetId] ?? ''];
    if (target?.far === true && far === undefined) {
      left ||= isOpen(row);
      continue;
    }
    const delivery = deliveryOf(found, row, rendition, files, checked.manifest.draftVersion);
    retryInMs = Math.max(retryInMs, await deliver(deps, row, target, delivery, far?.signal));
  }
  const at = await told(deps, asked.run, retryInMs);
  return at !== null && left ? { ...at, far: true } : at;
}

type ToDeliver = PublicationRow & { attempts?: number };

/** What is to be delivered: what was reserved before, or else what is reserved now, with its first try begun. */
async function toDeliver(deps: GateDeps, found: Approval, manifest: Manifest, far?: Far): Promise<ToDeliver[]> {
  if (found.publications.length > 0) return found.publications;
  if (found.run_state !== 'approved') return [];
  const publications = manifest.renditions.map((rendition) => ({
    id: newId(),
    renditionSha256: rendition.sha256,
    targetId: rendition.targetId,
    address: addressOf(rendition),
  }));
  const tried = publications
    .map(({ targetId }) => targetId)
    .filter((id) => far !== undefined || !isFar(deps, found, id));
  const asked = { run: found.run_id, decision: found.decision_id, publications, tried };
  const reserved = await reserveAndBegin(deps.db, asked).catch(unmoved);
  // Where the address was changed there are none: the run is back in review.
  return (reserved?.publications ?? []).map((row) => {
    const { state, attempts } = reserved?.begun.find(({ id }) => id === row.id) ?? {
      state: row.state,
      attempts: undefined,
    };
    return { ...row, state, hasReceipt: true, ...(attempts !== undefined && { attempts }) };
  });
}

const isFar = (deps: GateDeps, { kinds }: Approval, targetId: string) =>
  deps.targets[kinds[targetId] ?? '']?.far === true;

/** Whether something is still to be done for it: the delivery, or the receipt of what a person found there. */
const isOpen = ({ state, hasReceipt }: ToDeliver) =>
  state === 'reserved' || state === 'delivering' || (state === 'published' && !hasReceipt);

/** Target address, a slash, and the path: the same as publication_address() of the database. */
function addressOf(rendition: Rendition): string {
  return `${rendition.targetAddress.replace(/\/+$/, '')}/${rendition.path}`;
}

async function refused(deps: GateDeps, { run, decision }: PublishRequest, code: string): Promise<Standing | null> {
  deps.log.error({ run, decision, code }, 'An approval does not hold, so nothing is published.');
  await refusePublication(deps.db, { run, decision, code }).catch(unmoved);
  return standingOf(deps, run);
}

/** A refusal means that the record has moved on, which the next look sees; the database being away is tried again. */
function unmoved(error: unknown): undefined {
  if (error instanceof Refusal && error.code !== 'unavailable') return undefined;
  throw error;
}

/** The bytes a manifest names, each hashed again; null where one is gone or is not what was approved. */
async function readAll(deps: GateDeps, manifest: Manifest): Promise<Map<string, Buffer> | null> {
  const named = manifest.renditions.flatMap((it) => [it.sha256, ...it.assets.map((asset) => asset.sha256)]);
  const files = new Map<string, Buffer>();
  for (const sha256 of new Set(named)) {
    const bytes = await read(deps.data, sha256).catch(gone);
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
    files.set(sha256, bytes);
  }
  return files;
}

function gone(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

function deliveryOf(
  found: Approval,
  row: PublicationRow,
  it: Rendition,
  files: Map<string, Buffer>,
  version: number,
): Delivery {
  const file = (path: string, sha256: string): DeliveredFile => {
    const bytes = files.get(sha256);
    if (bytes === undefined) throw new Error(`The bytes of ${sha256} were not read.`);
    return { path, sha256, bytes };
  };
  return {
    publicationId: row.id,
    address: it.targetAddress,
    decision: { id: found.decision_id, decidedAt: found.decided_at },
    version,
    page: file(it.path, it.sha256),
    assets: it.assets.map((asset) => file(asset.path, asset.sha256)),
    receiptAt: (deliveredAt, commit) =>
      receiptText({
        v: 1,
        publicationId: row.id,
        runId: found.run_id,
        track: found.track,
        subjectDigest: found.subject_digest,
        renditionSha256: it.sha256,
        address: row.address,
        assets: it.assets.map(({ path, sha256 }) => ({ path, sha256 })),
        decision: {
          id: found.decision_id,
          person: found.person,
          decidedAt: found.decided_at,
          singlePerson: found.single_person,
          signature: found.signature,
          keyId: found.key_id,
        },
        signedText: found.signed_text,
        publicKey: found.public_key ?? '',
        manifest: found.manifest,
        ...(deliveredAt !== undefined && { deliveredAt }),
        ...(commit !== undefined && { commit }),
      }),
  };
}

/** One try at one address. Answers how long to wait before the next; 0 where none is to follow. */
async function deliver(
  deps: GateDeps,
  row: ToDeliver,
  target: Target | undefined,
  delivery: Delivery,
  signal?: AbortSignal,
): Promise<number> {
  const publication = row.id;
  if (row.state === 'published') {
    const written = row.hasReceipt ? undefined : await target?.acknowledge(delivery, signal);
    if (written?.outcome === 'published') await settlePublication(deps.db, { publication, ...settled(written) });
    return 0;
  }
  if (row.state !== 'reserved' && row.state !== 'delivering') return 0;
  const attempts = row.attempts ?? (await begin(deps, publication));
  if (attempts === null) return 0;
  const outcome: Outcome = (await target?.deliver(delivery, signal)) ?? {
    outcome: 'failed',
    trouble: 'Nothing here can deliver to this kind of place.',
    again: false,
  };
  if (outcome.outcome === 'failed' && outcome.again && attempts < maxTries) return waitMs(attempts);
  await settlePublication(deps.db, { publication, ...settled(outcome) });
  return 0;
}

/** Counts a try; null where it was settled meanwhile. */
async function begin(deps: GateDeps, publication: string): Promise<number | null> {
  const { state, attempts } = await beginDelivery(deps.db, { publication });
  return state === 'delivering' ? attempts : null;
}

function settled(outcome: Outcome) {
  if (outcome.outcome === 'failed' && outcome.unsure === true) {
    return { state: 'uncertain' as const, trouble: outcome.trouble };
  }
  if (outcome.outcome !== 'published') return { state: outcome.outcome, trouble: outcome.trouble };
  return { state: outcome.outcome, receipt: outcome.receipt, receiptPath: outcome.receiptPath };
}

const news = { published: 'published', failed: 'delivery-failed', uncertain: 'delivery-uncertain' } as const;

/** Where the run stands now; whom it concerns is told where a delivery ended. */
async function told(deps: GateDeps, run: string, retryInMs: number): Promise<Standing | null> {
  const at = await standingOf(deps, run, false, retryInMs);
  if (at === null || (at.state !== 'published' && at.state !== 'failed' && at.state !== 'uncertain')) return at;
  const mail = await tellAbout(deps, run, news[at.state], `${at.state}:${at.decisionId}`);
  return { ...at, mail: mail && deps.mailer !== undefined };
}
