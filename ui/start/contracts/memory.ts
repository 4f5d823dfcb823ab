import { z } from 'zod/mini';
import { askedDrafters } from '../../../workflows/domain/drafters.js';
import type { Row } from './rows.js';

const source = z.object({ id: z.string(), sha256: z.string(), warnings: z.array(z.string()) });
const state = z.union([
  z.object({ at: z.literal('gone') }),
  z.object({ at: z.literal('read'), source }),
  z.object({ at: z.literal('started'), source, run: z.string() }),
  z.object({ at: z.literal('refused'), words: z.string(), again: z.boolean(), source: z.optional(source) }),
]);
const choice = z.object({
  drafter: z.enum(askedDrafters),
  supersedes: z.optional(z.string()),
  before: z.optional(z.array(z.string())),
});
const row = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  amends: z.optional(z.string()),
  going: z.optional(choice),
  zip: z.optional(z.object({ id: z.string(), at: z.optional(z.number()) })),
  note: z.optional(z.string()),
  sentAs: z.optional(z.object({ content: z.string(), key: z.string() })),
  state,
});
const zip = z.object({ id: z.string(), name: z.string(), size: z.number(), count: z.optional(z.number()) });
const kept = z.object({ rows: z.array(row), zips: z.array(zip) });

export type KeptZip = z.infer<typeof zip>;
export type Kept = { rows: Row[]; zips: KeptZip[] };
export type Memory = { read: () => Kept; write: (kept: Kept) => void };

/** What a row is once the page was loaded again: files are not kept, what was read and started is. */
function afterReload({ going, ...rest }: Row): Row {
  const { state: now } = rest;
  switch (now.at) {
    case 'waiting':
    case 'sending':
    case 'gone':
      return { ...rest, state: { at: 'gone' } };
    case 'starting':
      return { ...rest, ...(going && { going }), state: { at: 'read', source: now.source } };
    case 'refused':
      // Without its file it cannot be sent again; what was read can be started.
      if (now.again && now.source === undefined) return { ...rest, state: { at: 'gone' } };
      return { ...rest, ...(going && { going }), state: now };
    case 'read':
    case 'started':
      return { ...rest, ...(going && { going }), state: now };
  }
}

/** The shape as it was written: zod tells absent from undefined less strictly than the types here do. */
function rowsOf(rows: z.infer<typeof row>[]): Row[] {
  return JSON.parse(JSON.stringify(rows)) as Row[];
}

/** The list of a person in this tab of the browser: names, sources and runs, and no words of any file. */
export function tabMemory(person: string): Memory {
  const entry = `countersign.contracts.${person}`;
  return {
    read: () => {
      try {
        const found = kept.safeParse(JSON.parse(sessionStorage.getItem(entry) ?? ''));
        return found.success ? { rows: rowsOf(found.data.rows), zips: found.data.zips } : { rows: [], zips: [] };
      } catch {
        return { rows: [], zips: [] };
      }
    },
    write: ({ rows, zips }) => {
      try {
        if (rows.length === 0) sessionStorage.removeItem(entry);
        else sessionStorage.setItem(entry, JSON.stringify({ rows: rows.map(afterReload), zips }));
      } catch {
        // Then a page that is loaded again begins with an empty list.
      }
    },
  };
}
