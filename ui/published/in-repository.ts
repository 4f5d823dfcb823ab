import { readGitAddress } from '../../workflows/domain/git-address.js';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import { receiptSchema } from '../../workflows/domain/receipt.js';

/** The commit a page came in, and its path in the repository; undefined for a page in a folder. */
export function inRepository(receiptText: string): { commit: string; path: string } | undefined {
  const { commit, address, manifest } = receiptSchema.parse(JSON.parse(receiptText));
  if (commit === undefined) return undefined;
  for (const { targetAddress, path } of manifestSchema.parse(JSON.parse(manifest)).renditions) {
    const read = readGitAddress(targetAddress);
    if (!read.ok || `${targetAddress}/${path}` !== address) continue;
    return { commit, path: read.address.folder === '' ? path : `${read.address.folder}/${path}` };
  }
  return undefined;
}
