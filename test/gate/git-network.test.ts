import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as listening, type AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gitTarget } from '../../activities/targets/git.js';
import { receiptSchema } from '../../workflows/domain/receipt.js';
import { freshFolder } from '../support/harness.js';
import { until } from '../support/until.js';
import { bareRepository, deliveryTo, git } from './git-kit.js';

const PATH = process.env['PATH'] ?? '';
const remote = bareRepository();
const base = dirname(remote);
let daemon: ChildProcess;
let daemonPort = 0;
let http: Server;
let httpPort = 0;
const asked: string[] = [];
/** What the http host answers instead of git. */
let answer: ((path: string) => number | undefined) | undefined;

async function freePort(): Promise<number> {
  const server = listening().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = portOf(server);
  server.close();
  return port;
}

function portOf(server: { address(): AddressInfo | string | null }): AddressInfo {
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  return at;
}

/** `git http-backend`, as a web server starts it; a sign-in is asked for. */
function smartHttp(): Server {
  const token = `Basic ${Buffer.from('countersign:a-token').toString('base64')}`;
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(url.pathname);
    const status = answer?.(url.pathname);
    if (status !== undefined) {
      response.writeHead(status, { location: 'http://127.0.0.1:1/other.git/info/refs?service=git-upload-pack' }).end();
      return;
    }
    if (request.headers.authorization !== token) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH,
        GIT_PROJECT_ROOT: base,
        GIT_HTTP_EXPORT_ALL: '1',
        REMOTE_USER: 'countersign',
        REQUEST_METHOD: request.method ?? 'GET',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      },
    });
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => {
      const all = Buffer.concat(chunks);
      const end = all.indexOf('\r\n\r\n');
      const headers = all
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
      const state = headers.find(([name]) => name === 'Status')?.[1];
      response.writeHead(Number(state?.slice(0, 3) ?? 200), Object.fromEntries(headers));
      response.end(all.subarray(end + 4));
    });
  });
}

beforeAll(async () => {
  daemonPort = await freePort();
  const args = ['--reuseaddr', '--listen=127.0.0.1', `--port=${daemonPort}`, `--base-path=${base}`];
  daemon = spawn('git', ['daemon', ...args, '--export-all', '--enable=receive-pack', base], {
    env: { PATH },
    stdio: 'ignore',
    detached: true,
  });
  http = smartHttp().listen(0, '127.0.0.1');
  await once(http, 'listening');
  httpPort = portOf(http).port;
  await until(() => git(base, 'ls-remote', `git://127.0.0.1:${daemonPort}/${basename(remote)}`) === '');
});
afterAll(() => {
  if (daemon.pid !== undefined) process.kill(-daemon.pid, 'SIGKILL');
  http.close();
});

/** A home whose settings know the sign-in of the http host, and try what must not hold. */
function home(): string {
  const folder = freshFolder('home');
  const hooks = join(folder, 'hooks');
  mkdirSync(hooks);
  writeFileSync(join(hooks, 'pre-push'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  writeFileSync(
    join(folder, '.gitconfig'),
    `[credential]
  helper = "!f() { echo username=countersign; echo password=a-token; }; f"
[core]
  hooksPath = ${hooks}
[url "git://127.0.0.1:1/"]
  insteadOf = http://127.0.0.1:${httpPort}/
  insteadOf = git://127.0.0.1:${daemonPort}/
[commit]
  gpgSign = true
`,
  );
  return folder;
}

test.each(['git', 'http'])('over the network (%s) a page arrives once, and a retry finds it', async (protocol) => {
  const port = protocol === 'git' ? daemonPort : httpPort;
  const environment = { PATH, HOME: home() };
  const delivery = deliveryTo(`${protocol}://127.0.0.1:${port}/handbook.git#${protocol}`, { picture: 'till' });
  for (const target of [1, 2].map(() => gitTarget(freshFolder('data'), environment))) {
    const outcome = await target.deliver(delivery);
    const receipt = outcome.outcome === 'published' ? receiptSchema.parse(JSON.parse(outcome.receipt)) : outcome;
    expect(receipt).toMatchObject({ commit: git(remote, 'rev-parse', protocol) });
  }
  expect(git(remote, 'rev-list', '--count', protocol)).toBe('1');
});

test('a host that does not know who pushes is trouble that says what to do', async () => {
  const target = gitTarget(freshFolder('data'), { PATH, HOME: freshFolder('home') });
  expect(await target.deliver(deliveryTo(`http://127.0.0.1:${httpPort}/handbook.git#main`))).toMatchObject({
    outcome: 'failed',
    again: false,
    trouble: expect.stringMatching(/credential helper or an SSH key/),
  });
});

test.each([
  [403, false, /right to push/],
  [404, false, /no repository at this address/],
  [503, true, /cannot be reached/],
  [302, false, /another address, which was not approved/],
])('a host that answers %i is told apart', async (status, again, words) => {
  answer = () => status;
  const target = gitTarget(freshFolder('data'), { PATH, HOME: home() });
  const outcome = await target.deliver(deliveryTo(`http://127.0.0.1:${httpPort}/handbook.git#main`));
  answer = undefined;
  expect(outcome).toMatchObject({ outcome: 'failed', again, trouble: expect.stringMatching(words) });
});

test('a line that breaks in the middle of a push leaves it open whether it arrived, and the next try finds out', async () => {
  const target = gitTarget(freshFolder('data'), { PATH, HOME: home() });
  const delivery = deliveryTo(`http://127.0.0.1:${httpPort}/handbook.git#broken`);
  let pushed = false;
  answer = (path) => {
    if (path.endsWith('/git-receive-pack')) pushed = true;
    return pushed ? 500 : undefined;
  };
  expect(await target.deliver(delivery)).toMatchObject({ outcome: 'failed', again: true, unsure: true });
  expect(await target.deliver(delivery)).toMatchObject({ outcome: 'failed', again: true, unsure: true });
  answer = undefined;
  expect(await target.deliver(delivery)).toMatchObject({ outcome: 'published' });
  expect(git(remote, 'rev-list', '--count', 'broken')).toBe('1');
});

test('work that is called off ends git and what git has started', async () => {
  const hanging = listening().listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const connected = once(hanging, 'connection');
  const stop = new AbortController();
  const target = gitTarget(freshFolder('data'), { PATH });
  const delivery = deliveryTo(`git://127.0.0.1:${portOf(hanging).port}/handbook.git#main`);
  const outcome = target.deliver(delivery, stop.signal);
  const [socket] = await connected;
  stop.abort(new Error('The worker stops.'));
  await expect(outcome).rejects.toThrow('The worker stops.');
  await until(() => socket.destroyed || socket.readableEnded || socket.resume().readableEnded);
  hanging.close();
});
