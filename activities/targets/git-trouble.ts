import { visibleOnly } from '../../workflows/domain/invisible.js';
import { GitFailed } from './git-run.js';

/** Why a page did not get into a repository, in words that say what to do, and whether trying again can help. */
export class GitTrouble extends Error {
  constructor(
    words: string,
    readonly again: boolean,
  ) {
    super(words);
  }
}

const user = 'the user that runs Countersign';

type Known = { sign: RegExp; words: string; again: boolean };

// The first that fits. Git’s words are read in English (LC_ALL=C); hosts’ own words follow git’s.
const known: readonly Known[] = [
  {
    sign: /No space left on device|Disk quota exceeded/i,
    words: 'The disk is full, here or where the repository is.',
    again: true,
  },
  {
    sign: /dubious ownership/,
    words: `The repository belongs to another user of that machine, so git does not touch it. Make ${user} its owner, or give its address over SSH.`,
    again: false,
  },
  {
    sign: /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/,
    words: `The host’s SSH key is not known here, or is another than before. Check it, and put it into known_hosts of ${user}. Then send it again.`,
    again: false,
  },
  {
    sign: /could not read (Username|Password)|terminal prompts disabled|Authentication failed|error: 401|Permission denied \(|invalid credentials/i,
    words: `The host did not accept who is pushing. Give ${user} a credential helper or an SSH key that may push there. Then send it again.`,
    again: false,
  },
  {
    sign: /error: 403|service not enabled|access denied|Permission to .* denied|not allowed to push|unable to create temporary object directory|insufficient permission|Permission denied/i,
    words: `The host lets this server read at most. Give ${user} the right to push there. Then send it again.`,
    again: false,
  },
  {
    sign: /does not appear to be a git repository|not found|error: 404|does not exist|no such repository/i,
    words:
      'There is no repository at this address, or this server may not see it. Make it, or correct the address in the settings.',
    again: false,
  },
  {
    sign: /redirect|error: 30\d/i,
    words: 'The host leads on to another address, which was not approved. Write the new address in the settings.',
    again: false,
  },
  {
    sign: /certificate|SSL|TLS/,
    words: 'The host’s certificate is not trusted here, so nothing was sent. Correct it, or make this server trust it.',
    again: false,
  },
  {
    sign: /mismatched algorithms/,
    words: 'The repository uses SHA-256 names, which this release cannot write. Use one with the usual SHA-1 names.',
    again: false,
  },
  {
    sign: /resolve host|look up|onnect|refused|timed out|unreachable|No route|reset|hung up|early EOF|RPC failed|error: (429|5\d\d)|disconnect|end of file/i,
    words: 'The repository cannot be reached. Check the network, and that its host runs.',
    again: true,
  },
];

/** What the other side says, on one line, without what cannot be seen. */
function quoted(stderr: string): string {
  const said = stderr.split('\n').flatMap((line) => /^remote: ?(.*)/.exec(line)?.[1]?.trim() ?? []);
  const text = visibleOnly(said.filter((line) => line !== '').join(' '))
    .text.replace(/\s+/g, ' ')
    .trim();
  return text === '' ? '' : ` It says: “${text.length > 300 ? `${text.slice(0, 300)} …` : text}”`;
}

/** Any trouble with git, in words for a person. */
export function troubleOf(error: unknown): GitTrouble {
  if (error instanceof GitTrouble) return error;
  if (!(error instanceof GitFailed)) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return new GitTrouble(`The working copy of the repository on this server cannot be written (${code}).`, true);
  }
  if (error.why === 'missing') {
    return new GitTrouble('Git is not installed where the worker runs. Install it, then send it again.', false);
  }
  if (error.why === 'slow') return new GitTrouble('The repository did not answer in time.', true);
  const found = known.find(({ sign }) => sign.test(error.stderr));
  if (found !== undefined) return new GitTrouble(found.words + quoted(error.stderr), found.again);
  const last = visibleOnly(error.stderr.trim().split('\n').at(-1) ?? '').text.slice(0, 300);
  return new GitTrouble(`Git did not do it${last === '' ? '.' : `: “${last}”`}`, true);
}

/** Reads what a push says about its one branch: undefined where somebody else was faster. */
export function rejection(error: unknown): GitTrouble | undefined {
  if (!(error instanceof GitFailed) || error.why !== 'failed') return troubleOf(error);
  const reason = /^!\t[^\t]*\t(.*)$/m.exec(error.stdout)?.[1];
  if (reason === undefined) return troubleOf(error);
  if (/stale info|non-fast-forward|fetch first|incorrect old value|cannot lock ref|failed to update ref/.test(reason)) {
    return undefined;
  }
  if (/checked out/.test(reason)) {
    return new GitTrouble(
      'The branch is checked out where the repository is. Publish to a bare repository, or to another branch.',
      false,
    );
  }
  if (/declined|protected|denied|prohibited|hook/i.test(reason)) {
    return new GitTrouble(
      `The repository’s own rules turned the page away. Change the rule or let this server push to the branch, then send it again.${quoted(error.stderr)}`,
      false,
    );
  }
  return new GitTrouble(`The repository did not take the page: ${visibleOnly(reason).text.slice(0, 200)}.`, true);
}
