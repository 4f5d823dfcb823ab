import { materialOf } from '../db/queries/sources.js';
import type { GateDeps } from './deps.js';
import { isId } from './gate.js';

/** Reads what the upload left as pictures. */
export async function readDocuments(deps: GateDeps, run: string): Promise<void> {
  if (isId(run)) await materialOf(deps.db, run);
}
