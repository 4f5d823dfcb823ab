import { createHash } from 'node:crypto';
import { read } from '../../db/files.js';
import type { PublicationDetail } from '../../db/queries/publications.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import { verifyPublication } from '../verify-publication.js';

/** The bytes that were approved: the page, and its pictures by the path under which the page names them. */
export type ApprovedPage = { page: Buffer; pictures: ReadonlyMap<string, { bytes: Buffer; mediaType: string }> };

const changed = () =>
  new Refusal('wrong_state', 'The bytes kept here have changed since the approval, so nothing is made from them.');

async function hashed(data: string, sha256: string): Promise<Buffer> {
  const bytes = await read(data, sha256).catch(() => undefined);
  if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256) throw changed();
  return bytes;
}

/**
 * What a person approved and what was published, hashed again as it is read.
 * @throws Refusal `wrong_state` where it is not published, or where approval and bytes no longer fit together.
 */
export async function approvedPage(data: string, found: PublicationDetail): Promise<ApprovedPage> {
  if (found.state !== 'published')
    throw new Refusal('wrong_state', 'This has not been published. Only what was published can be taken along.');
  const { ok, words } = await verifyPublication(data, found);
  if (!ok) throw new Refusal('wrong_state', `${words} Nothing is made from it.`);
  const rendition = manifestSchema
    .parse(JSON.parse(found.manifest))
    .renditions.find((one) => one.sha256 === found.renditionSha256);
  if (rendition === undefined) throw changed();
  const pictures = new Map<string, { bytes: Buffer; mediaType: string }>();
  for (const { path, sha256, mediaType } of rendition.assets)
    pictures.set(path, { bytes: await hashed(data, sha256), mediaType });
  return { page: await hashed(data, rendition.sha256), pictures };
}
