import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery } from '../../activities/targets/target.js';
import { receiptText } from '../../workflows/domain/receipt.js';
import { freshFolder } from '../support/harness.js';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const environment = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(['AUTHOR', 'COMMITTER'].map((role) => [`GIT_${role}_NAME`, 'Somebody'])),
  ...Object.fromEntries(['AUTHOR', 'COMMITTER'].map((role) => [`GIT_${role}_EMAIL`, 'somebody@team.example'])),
};

/** Runs git as somebody else would, in a repository. */
export function git(repository: string, ...args: string[]): string {
  return execFileSync('git', ['-C', repository, ...args], { env: environment, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** An empty bare repository. */
export function bareRepository(): string {
  const folder = join(freshFolder('remote'), 'handbook.git');
  execFileSync('git', ['init', '--quiet', '--bare', folder], { env: environment });
  return folder;
}

/** Somebody else commits files to the branch; undefined takes one away, `link` makes one a link. */
export function somebodyPushes(
  repository: string,
  files: Record<string, string | { link: string }>,
  branch = 'main',
): string {
  const clone = freshFolder('clone');
  execFileSync('git', ['init', '--quiet', clone], { env: environment });
  try {
    git(clone, 'fetch', '--quiet', repository, branch);
    git(clone, 'checkout', '--quiet', '-B', 'work', 'FETCH_HEAD');
  } catch {
    git(clone, 'checkout', '--quiet', '--orphan', 'work');
  }
  for (const [path, content] of Object.entries(files)) {
    const file = join(clone, path);
    if (typeof content !== 'string') {
      execFileSync('ln', ['-sfn', content.link, file]);
      continue;
    }
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  }
  git(clone, 'add', '-A');
  git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Somebody was here');
  git(clone, 'push', '--quiet', repository, `work:refs/heads/${branch}`);
  return git(clone, 'rev-parse', 'HEAD');
}

type Given = { runId?: string; version?: number; words?: string; decidedAt?: string; picture?: string; slug?: string };

/** A delivery as the publish activity hands it over. */
export function deliveryTo(address: string, given: Given = {}): Delivery {
  const { runId = randomUUID(), version = 1, words = 'Count the notes.', slug = 'closing-the-till' } = given;
  const decision = { id: randomUUID(), decidedAt: given.decidedAt ?? '2026-11-24T10:00:00.123Z' };
  const file = (path: string, text: string) => ({ path, sha256: sha256(text), bytes: Buffer.from(text) });
  const page = file(`sop-drafting/${slug}/${slug}.md`, `# Closing the till\n\n1. ${words}\n`);
  const assets = given.picture === undefined ? [] : [file(`images/${given.picture}.png`, given.picture)];
  const publicationId = randomUUID();
  return {
    publicationId,
    address,
    decision,
    version,
    page,
    assets,
    receiptAt: (deliveredAt, commit) =>
      receiptText({
        v: 1,
        publicationId,
        runId,
        track: 'sop-drafting',
        subjectDigest: sha256('subject'),
        renditionSha256: page.sha256,
        address: `${address}/${page.path}`,
        assets: assets.map(({ path, sha256 }) => ({ path, sha256 })),
        decision: { ...decision, person: runId, singlePerson: true, signature: 's', keyId: 'k' },
        signedText: 'text',
        publicKey: 'key',
        manifest: '{}',
        ...(deliveredAt !== undefined && { deliveredAt }),
        ...(commit !== undefined && { commit }),
      }),
  };
}
