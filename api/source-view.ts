import type { SourceRow } from '../db/queries/sources.js';
import type { Source } from './contract/sources.js';

/** A source as pages see it: without its reading, with where its bytes are. */
export function sourceView(row: SourceRow): Source {
  const { reading: _reading, erasedAt, ...rest } = row;
  if (erasedAt !== undefined) return { ...rest, erasedAt };
  return { ...rest, url: `/api/files/${row.sha256}` };
}
