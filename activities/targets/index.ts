import { folderTarget } from './folder.js';
import { gitTarget } from './git.js';
import type { GitEnvironment } from './git-run.js';
import type { Target } from './target.js';

/** Targets by the kind that stands in the `target` table. */
export type Targets = Record<string, Target>;

/** Where git is found if nobody says otherwise; it then knows no home, so no sign-in either. */
const plainEnvironment: GitEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin' };

/** Every kind of target this server can deliver to. `git` is what git may know of the server's environment. */
export function createTargets(data: string, git: GitEnvironment = plainEnvironment): Targets {
  return { folder: folderTarget(data), git: gitTarget(data, git) };
}
