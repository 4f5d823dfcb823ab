import { spawn } from 'node:child_process';

/** What git may know of the server’s environment; see `gitEnvironment` of env.ts. */
export type GitEnvironment = Readonly<Record<string, string>>;

/** How git ended where it did not end well. `stderr` is git’s own words, in English. */
export class GitFailed extends Error {
  constructor(
    readonly why: 'missing' | 'slow' | 'failed',
    readonly stderr: string,
    readonly stdout = '',
  ) {
    super(`git: ${why}`);
  }
}

export type GitRun = {
  args: readonly string[];
  env: GitEnvironment;
  cwd?: string;
  input?: string | Uint8Array;
  limitMs?: number;
  signal?: AbortSignal | undefined;
};

const defaultLimitMs = 60_000;
const mostOutput = 64 * 1024 * 1024;
const mostWords = 64 * 1024;

/** Git starts programs of its own (ssh, a transfer helper): the whole group ends with it. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs git without a shell, in a group of its own, with a limit of time.
 * @throws GitFailed; the signal’s reason where the work was called off.
 */
export function runGit({ args, env, cwd, input, limitMs = defaultLimitMs, signal }: GitRun): Promise<Buffer> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...args], { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    let words = '';
    let size = 0;
    let slow = false;
    const end = () => endGroup(child.pid);
    const timer = setTimeout(() => {
      slow = true;
      end();
    }, limitMs);
    signal?.addEventListener('abort', end, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostOutput) out.push(chunk);
      else end();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (words.length < mostWords) words += chunk.toString('utf8');
    });
    // Git that dies before it has read everything closes the pipe; its exit tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const over = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    };
    child.on('error', (error) => {
      over();
      const missing = 'code' in error && error.code === 'ENOENT';
      reject(missing ? new GitFailed('missing', '') : error);
    });
    child.on('close', (code) => {
      over();
      const stdout = Buffer.concat(out);
      if (signal?.aborted === true) reject(signal.reason);
      else if (slow) reject(new GitFailed('slow', words));
      else if (code !== 0 || size > mostOutput) reject(new GitFailed('failed', words, stdout.toString('utf8')));
      else resolve(stdout);
    });
  });
}

/** From the settings of the user that runs Countersign: who it is towards a host, and how a host is reached. Nothing else. */
const taken = '^(credential|http)\\.|^core\\.sshcommand$';

async function ownSettings(env: GitEnvironment): Promise<[string, string][]> {
  const args = ['config', '--includes', '--null', '--get-regexp', taken];
  const text = await runGit({ args, env: { ...env, GIT_DIR: '/dev/null' }, cwd: '/' }).catch((error: unknown) => {
    // Nothing of the kind is set.
    if (error instanceof GitFailed && error.why === 'failed') return Buffer.alloc(0);
    throw error;
  });
  const lines = text.toString('utf8').split('\0').slice(0, -1);
  return lines.map((line) => {
    const at = line.indexOf('\n');
    return at < 0 ? [line, 'true'] : [line.slice(0, at), line.slice(at + 1)];
  });
}

/**
 * The environment of one delivery: nobody is asked anything, no hook of ours runs, only the address’s own protocol is
 * spoken, no redirection is followed, and no setting of the machine or the user holds but who to be and how to connect.
 */
export async function scrubbed(env: GitEnvironment, protocol: string): Promise<GitEnvironment> {
  const settings: [string, string][] = [
    ...(await ownSettings(env)),
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['gc.autoDetach', 'false'],
    ['http.followRedirects', 'false'],
    ['protocol.allow', 'never'],
    [`protocol.${protocol}.allow`, 'always'],
  ];
  return {
    ...env,
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: protocol,
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    // A key with a passphrase or an unknown host fails instead of asking; an own way to start ssh is the owner’s.
    ...(settings.some(([key]) => key === 'core.sshcommand') || env['GIT_SSH_COMMAND'] || env['GIT_SSH']
      ? {}
      : { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' }),
  };
}

/** Git’s version, or undefined where there is none. */
export async function gitVersion(env: GitEnvironment): Promise<string | undefined> {
  const text = await runGit({ args: ['version'], env, limitMs: 5_000 }).catch(() => undefined);
  return text === undefined ? undefined : /\d+(\.\d+)+/.exec(text.toString('utf8'))?.[0];
}
