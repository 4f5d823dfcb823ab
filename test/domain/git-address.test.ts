import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGitAddress } from '../../workflows/domain/git-address.js';

const good: [string, object][] = [
  ['/srv/handbook.git#main', { protocol: 'file', branch: 'main', folder: '' }],
  ['/srv/our books/handbook.git#main:docs/SOPs', { protocol: 'file', folder: 'docs/SOPs' }],
  ['file:///srv/handbook.git#release/2026', { protocol: 'file', branch: 'release/2026' }],
  ['git@host.example:team/handbook.git#main', { protocol: 'ssh', repository: 'git@host.example:team/handbook.git' }],
  ['ssh://git@host.example:2222/team/handbook.git#main', { protocol: 'ssh' }],
  ['https://host.example/team/handbook.git#main:Handbücher', { protocol: 'https', folder: 'Handbücher' }],
  ['git://host.example/handbook.git#main', { protocol: 'git' }],
  ['http://127.0.0.1:8080/handbook.git#main', { protocol: 'http' }],
];
test.each(good)('%s is read', (text, expected) => {
  expect(readGitAddress(text)).toMatchObject({ ok: true, address: expected });
});

test.each([
  '--upload-pack=touch /tmp/x#main',
  '-u#main',
  'ext::sh -c touch% /tmp/x#main',
  'fd::17#main',
  'file::/srv/x#main',
  'transport::host#main',
  'https://user:secret@host.example/x.git#main',
  'https://ghp_token@host.example/x.git#main',
  'https://host.example/x.git?private_token=x#main',
  'ssh://git:secret@host.example/x.git#main',
  'ssh://-oProxyCommand=touch/x.git#main',
  'ssh://git@-oProxyCommand=x/x.git#main',
  '-oProxyCommand=x:team/x.git#main',
  'git@-oProxyCommand=x:team/x.git#main',
  'host.example:-x#main',
  'http://host.example/x.git#main',
  'ftp://host.example/x.git#main',
  'file://host/srv/x.git#main',
  'file:///srv/../etc/x.git#main',
  'file:///srv/%2e%2e/x.git#main',
  '/srv/../x.git#main',
  'srv/x.git#main',
  '/srv/x.git',
  '/srv/x.git#',
  '/srv/x.git#-f',
  '/srv/x.git#main:.git/hooks',
  '/srv/x.git#main:a/../b',
  '/srv/x.git#main:/a',
  '/srv/x.git#main:',
  '/srv/x.git#main:git~1',
  '/srv/x.git#refs/heads/main',
  '/srv/x.git#HEAD',
  '/srv/x\n.git#main',
  '/srv/x.git#ma\u0000in',
  '/srv/\u202ex.git#main',
  ' /srv/x.git#main',
])('%j is refused with words', (text) => {
  const read = readGitAddress(text);
  expect(read.ok).toBe(false);
  expect(read.ok ? '' : read.words).toMatch(/\w.*[.”]$/);
});

test('a secret in an address is refused with what to do instead', () => {
  expect(readGitAddress('https://me:secret@host.example/x.git#main')).toMatchObject({
    words: expect.stringMatching(/credential helper or an SSH key/),
  });
});

test('no branch is taken that git itself would not take', () => {
  const letter = fc.constantFrom(...'ab.-/@{}~^:?*[\\ #_é'.split(''), '.lock', '..');
  fc.assert(
    fc.property(
      fc.array(letter, { minLength: 1, maxLength: 6 }).map((some) => some.join('')),
      (branch) => {
        const read = readGitAddress(`/srv/x.git#${branch}`);
        if (read.ok) execFileSync('git', ['check-ref-format', '--branch', read.address.branch], { stdio: 'pipe' });
      },
    ),
    { numRuns: 150 },
  );
});
