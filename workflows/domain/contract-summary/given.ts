import { readingSchema } from '../reading.js';
import type { GivenDocument } from './documents.js';

type Source = { id: string; kind: string; name: string; reading: unknown };

/** The documents among a run's sources, in the order given: the contract, then what changes it. */
export function givenDocuments(sources: readonly Source[]): GivenDocument[] {
  const found = sources.flatMap(({ id, kind, name, reading }) => {
    const read = kind === 'document' ? readingSchema.safeParse(reading).data : undefined;
    return read?.kind === 'document' ? [{ source: id, name, read: read.document }] : [];
  });
  return found.map((document, at) => ({ ...document, role: at === 0 ? 'contract' : 'amendment' }));
}
