import { useState } from 'react';

/** A form over what is stored: it follows the stored values until something is changed here. */
export function useForm<T extends Record<string, unknown>>(stored: T) {
  const [edits, setEdits] = useState<Partial<T>>({});
  const value: T = { ...stored, ...edits };
  const changed = Object.entries(edits).some(([name, edit]) => edit !== stored[name]);
  return {
    value,
    changed,
    set: (change: Partial<T>) => setEdits((before) => ({ ...before, ...change })),
    reset: () => setEdits({}),
  };
}
