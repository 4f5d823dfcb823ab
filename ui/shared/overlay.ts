import { useSyncExternalStore } from 'react';

/** What may float over any page: one at a time. */
export type Overlay = 'palette' | 'keys' | 'notices' | 'more' | 'me';

let current: Overlay | null = null;
const listeners = new Set<() => void>();

function set(next: Overlay | null) {
  current = next;
  for (const listener of listeners) listener();
}

/** Opens an overlay from anywhere; another one that is open gives way. */
export const openOverlay = (overlay: Overlay) => set(overlay);
export const closeOverlay = () => set(null);

/** Whether this overlay is open, and what its `onOpenChange` should do. */
export function useOverlay(overlay: Overlay): [boolean, (open: boolean) => void] {
  const open = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  return [open === overlay, (wanted) => (wanted ? set(overlay) : current === overlay ? set(null) : undefined)];
}
