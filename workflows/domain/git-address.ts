/** Where in a repository approved pages go. */
export type GitAddress = {
  repository: string;
  /** How git reaches it; nothing else is allowed for it. */
  protocol: 'file' | 'ssh' | 'git' | 'http' | 'https';
  branch: string;
  /** Folder in the repository, or '' for its top. */
  folder: string;
};

/** What an address says, or one sentence that says what is wrong with it. */
export type GitAddressReading = { ok: true; address: GitAddress } | { ok: false; words: string };

type Place = Pick<GitAddress, 'repository' | 'protocol'>;

class Odd extends Error {}

const secretWords =
  'Leave user names, passwords and tokens out of the address. Give the user that runs Countersign a credential helper or an SSH key instead.';
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const host = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;
const userName = /^[a-z0-9_][a-z0-9._-]*$/i;

function straight(path: string): void {
  if (path.split('/').includes('..')) throw new Odd('Write the repository without “..”.');
}

function ofUrl(repository: string, scheme: string): Place {
  const [, authority = '', path = ''] = /^[a-z]+:\/\/([^/]*)(.*)$/i.exec(repository) ?? [];
  if (/[?%\s]/.test(repository)) throw new Odd('Write the repository without “?”, “%” and blanks.');
  straight(path);
  if (!/^\/./.test(path)) throw new Odd('Write where on the host the repository is.');
  if (scheme === 'file') {
    if (authority !== '') throw new Odd('Write file:// with three slashes: file:///srv/handbook.git.');
    return { repository, protocol: 'file' };
  }
  const [, user, name = '', port] = /^(?:(.*)@)?(\[::1\]|[^:@[\]]*)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  if (!host.test(name) && !loopback.has(name)) throw new Odd('Write the host’s plain name.');
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) throw new Odd('There is no such port.');
  if (user !== undefined && (scheme !== 'ssh' || !userName.test(user))) throw new Odd(secretWords);
  if (scheme === 'http' && !loopback.has(name))
    throw new Odd('Plain http can be read and changed on the way: use https.');
  if (scheme === 'ssh' || scheme === 'git' || scheme === 'http' || scheme === 'https') {
    return { repository, protocol: scheme };
  }
  throw new Odd('Use a path, file://, ssh://, https:// or git://.');
}

function ofShortSsh(repository: string): Place {
  const [, user, name = '', path = ''] = /^(?:([^@/]*)@)?([^:/@]*):(.*)$/.exec(repository) ?? [];
  if (/[\s?%\\]/.test(repository)) throw new Odd('Write the repository without “?”, “%”, “\\” and blanks.');
  if (!host.test(name) || path === '' || path.startsWith('-')) throw new Odd('Write it as git@host:team/handbook.git.');
  if (user !== undefined && !userName.test(user)) throw new Odd(secretWords);
  straight(path);
  return { repository, protocol: 'ssh' };
}

function repositoryOf(text: string): Place {
  if (text.startsWith('-')) throw new Odd('A repository does not begin with “-”.');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  if (scheme !== undefined) {
    if (scheme !== scheme.toLowerCase()) throw new Odd('Write the beginning of the address in small letters.');
    return ofUrl(text, scheme);
  }
  if (/^[a-z0-9+.-]*::/i.test(text)) throw new Odd('Use a path, file://, ssh://, https:// or git://.');
  if (text.startsWith('/')) {
    straight(text);
    return { repository: text, protocol: 'file' };
  }
  if (text.includes(':')) return ofShortSsh(text);
  throw new Odd('Write the repository from the root, as /srv/handbook.git, or with its host.');
}

/** The rules of `git check-ref-format --branch`, and no name that could be taken for something else. */
function branchOf(text: string): string {
  const parts = text.split('/');
  if (text === '') throw new Odd('Name the branch after “#”: /srv/handbook.git#main.');
  if (text.startsWith('refs/') || text === 'HEAD') throw new Odd('Write the branch’s name alone, as main.');
  const odd =
    text.length > 200 ||
    text.startsWith('-') ||
    text === '@' ||
    text.endsWith('.') ||
    /\.\.|@\{|[\s~^:?*[\\\p{Cc}]/u.test(text) ||
    parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock'));
  if (odd) throw new Odd(`“${text}” cannot be the name of a branch.`);
  return text;
}

/** Letters, digits, blanks inside, and . _ - after the first character: never hidden, never git’s own folder. */
const folderPart = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M} ._-]*[\p{L}\p{N}\p{M}_-])?$/u;

function folderOf(text: string | undefined): string {
  if (text === undefined) return '';
  if (text.length > 200 || !text.split('/').every((part) => folderPart.test(part))) {
    throw new Odd(`“${text}” cannot be a folder in the repository. Write it as docs/handbook.`);
  }
  return text;
}

/**
 * Reads `<repository>#<branch>` or `<repository>#<branch>:<folder>`. Refuses what git would read as an option or as a
 * program to run, what leads elsewhere than it reads, and secrets written into an address that everybody sees.
 */
export function readGitAddress(text: string): GitAddressReading {
  try {
    if (text.length > 500) throw new Odd('The address is too long.');
    if (/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(text))
      throw new Odd('The address holds a character that cannot be seen.');
    if (text !== text.trim()) throw new Odd('The address begins or ends with a blank.');
    const [, before = text, branch = '', folder] = /^([^#]*)#([^:]*)(?::(.*))?$/.exec(text) ?? [];
    const place = repositoryOf(before);
    return { ok: true, address: { ...place, branch: branchOf(branch), folder: folderOf(folder) } };
  } catch (error) {
    if (error instanceof Odd) return { ok: false, words: error.message };
    throw error;
  }
}

/** True where nothing proves to either side who the other is. */
export function isUnauthenticated({ protocol }: GitAddress): boolean {
  return protocol === 'git';
}
