import { useCallback, useState } from 'react';
import type { SopPayload } from '../../api/contract/drafts.js';
import { sopSchema } from '../../workflows/domain/sop-drafting/schema.js';

/** Words a person typed and has not saved. Kept in this browser alone, so that nothing anybody else does loses them. */
export type Held = { baseVersion: number; base: SopPayload; draft: SopPayload; at: string };

const entry = (person: string, run: string): string => `countersign.edit.${person}.${run}`;

function read(key: string): Held | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return undefined;
    if (!('baseVersion' in stored && 'base' in stored && 'draft' in stored && 'at' in stored)) return undefined;
    const base = sopSchema.safeParse(stored.base);
    if (!base.success || typeof stored.baseVersion !== 'number' || typeof stored.at !== 'string') return undefined;
    if (typeof stored.draft !== 'object' || stored.draft === null) return undefined;
    // Sound: only this module writes the entry, and always a whole draft; it may hold empty fields that a schema refuses.
    return { baseVersion: stored.baseVersion, base: base.data, draft: stored.draft as SopPayload, at: stored.at };
  } catch {
    return undefined;
  }
}

/** A person's unsaved words on one run, surviving reload, other people's decisions and a lost connection. */
export function useHeld(person: string, run: string) {
  const key = entry(person, run);
  const [held, set] = useState(() => read(key));
  const hold = useCallback(
    (next: Held | undefined) => {
      set(next);
      try {
        if (next) localStorage.setItem(key, JSON.stringify(next));
        else localStorage.removeItem(key);
      } catch {
        // A browser that keeps nothing still holds the words while the page is open.
      }
    },
    [key],
  );
  return [held, hold] as const;
}
