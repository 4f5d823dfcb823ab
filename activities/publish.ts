import { createHash } from 'node:crypto';
import { newId } from '../db/ids.js';
import { beginDelivery, refusePublication, reservePublication, settlePublication } from '../db/commands/publish.js';
import { read } from '../db/files.js';
import { approvalToPublish, publicationsOf, type Approval, type PublicationRow } from '../db/queries/delivery.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Manifest, Rendition } from '../workflows/domain/manifest.js';
import { receiptText } from '../workflows/domain/receipt.js';
import type { PublishRequest, Standing } from '../workflows/gate/standing.js';
import { checkApproval } from './approval.js';
import type { GateDeps } from './deps.js';
import { standingOf } from './gate.js';
import { tellAbout } from './notices/tell.js';
import type { DeliveredFile, Delivery, Outcome } from './targets/target.js';

/** After so many tries in a row a delivery has failed, and a person looks. */
const maxTries = 5;
const waitMs = (tries: number) => Math.min(60_000, 1_000 * 4 ** (tries - 1));

/**
 * Delivers what a decision approved: exactly those bytes, once per address. Believes nothing that it is
 * told: the decision, its signature, the role, the bytes and the address are checked again from the record.
 */
export async function publish(deps: GateDeps, asked: PublishRequest): Promise<Standing | null> {
  const before = await standingOf(deps, asked.run);
  if (before === null || before.decisionId !== asked.decision || before.graceInMs > 0) return before;
  const found = await approvalToPublish(deps.db, asked.run, asked.decision);
  if (found === null) return standingOf(deps, asked.run);
  const checked = checkApproval(found);
  if ('code' in checked) return refused(deps, asked, checked.code);
  const files = await readAll(deps, checked.manifest);
  if (files === null) return refused(deps, asked, 'bytes');
  if (before.state === 'approved' && !(await reserve(deps, found, checked.manifest)))
    return standingOf(deps, asked.run);
  let retryInMs = 0;
  for (const row of await publicationsOf(deps.db, asked.decision)) {
    const rendition = checked.manifest.renditions.find((it) => addressOf(it) === row.address);
    if (rendition === undefined || rendition.sha256 !== row.rendition_sha256) continue;
    const delivery = deliveryOf(found, row, rendition, files);
    retryInMs = Math.max(retryInMs, await deliver(deps, row, delivery));
  }
  return told(deps, asked.run, retryInMs);
}

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

/** Takes the right to deliver; false where the address is not the approved one any more. */
async function reserve(deps: GateDeps, found: Approval, manifest: Manifest): Promise<boolean> {
  const publications = manifest.renditions.map((rendition) => ({
    id: newId(),
    renditionSha256: rendition.sha256,
    targetId: rendition.targetId,
    address: addressOf(rendition),
  }));
  const asked = { run: found.run_id, decision: found.decision_id, publications };
  const reserved = await reservePublication(deps.db, asked).catch(unmoved);
  return reserved !== undefined && !reserved.addressChanged;
}

/** The bytes a manifest names, each hashed again; null where one is not what was approved. */
async function readAll(deps: GateDeps, manifest: Manifest): Promise<Map<string, Buffer> | null> {
  const named = manifest.renditions.flatMap((it) => [it.sha256, ...it.assets.map((asset) => asset.sha256)]);
  const files = new Map<string, Buffer>();
  for (const sha256 of new Set(named)) {
    const bytes = await read(deps.data, sha256);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
    files.set(sha256, bytes);
  }
  return files;
}

function deliveryOf(found: Approval, row: PublicationRow, it: Rendition, files: Map<string, Buffer>): Delivery {
  const file = (path: string, sha256: string): DeliveredFile => {
    const bytes = files.get(sha256);
    if (bytes === undefined) throw new Error(`The bytes of ${sha256} were not read.`);
    return { path, sha256, bytes };
  };
  return {
    publicationId: row.id,
    address: it.targetAddress,
    page: file(it.path, it.sha256),
    assets: it.assets.map((asset) => file(asset.path, asset.sha256)),
    receiptAt: (deliveredAt) =>
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
        deliveredAt,
      }),
  };
}

/** One try at one address. Answers how long to wait before the next; 0 where none is to follow. */
async function deliver(deps: GateDeps, row: PublicationRow, delivery: Delivery): Promise<number> {
  const target = deps.targets[row.kind ?? ''];
  const publication = row.id;
  if (row.state === 'published' && row.receipt === null) {
    const written = await target?.acknowledge(delivery);
    if (written?.outcome === 'published') await settlePublication(deps.db, { publication, ...settled(written) });
    return 0;
  }
  if (row.state !== 'reserved' && row.state !== 'delivering') return 0;
  const { state, attempts } = await beginDelivery(deps.db, { publication });
  if (state !== 'delivering') return 0;
  const outcome: Outcome = (await target?.deliver(delivery)) ?? {
    outcome: 'failed',
    trouble: 'Nothing here can deliver to this kind of place.',
    again: false,
  };
  if (outcome.outcome === 'failed' && outcome.again && attempts < maxTries) return waitMs(attempts);
  await settlePublication(deps.db, { publication, ...settled(outcome) });
  return 0;
}

function settled(outcome: Outcome) {
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
