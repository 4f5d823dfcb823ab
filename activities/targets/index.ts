import { folderTarget } from './folder.js';
import type { Target } from './target.js';

/** Targets by the kind that stands in the `target` table. */
export type Targets = Record<string, Target>;

/** Every kind of target this server can deliver to. */
export function createTargets(data: string): Targets {
  return { folder: folderTarget(data) };
}
