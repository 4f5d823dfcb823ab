import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { tinykeys } from 'tinykeys';
import { singleKeysAct } from './browser.js';

export type KeyBinding = {
  /** As tinykeys writes it: `j`, `g i`, `$mod+k`, `Enter`. */
  keys: string;
  /** What it does, for the list under `?`. */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** The heading it stands under in the list. */
  group?: string;
  /** False switches it off and leaves it out of the list. */
  on?: boolean;
  /** True where the key keeps its usual meaning just now, such as scrolling the pane that has the focus. */
  unless?: (event: KeyboardEvent) => boolean;
  /** Not listed: a second key for the same. */
  hidden?: boolean;
};

const registered = new Map<symbol, KeyBinding[]>();
const listeners = new Set<() => void>();
let snapshot: readonly KeyBinding[] = [];

/** The heading of the keys that work on every page. */
export const everywhere = 'Everywhere';

/** True where the page gives this key a meaning of its own, which goes before the one that it has everywhere. */
function isTaken({ keys, group }: KeyBinding): boolean {
  if (group !== everywhere) return false;
  return [...registered.values()]
    .flat()
    .some((other) => other.keys === keys && other.group !== everywhere && other.on !== false);
}

function publish() {
  snapshot = [...registered.values()]
    .flat()
    .filter((binding) => binding.on !== false && !binding.hidden && !isTaken(binding));
  for (const listener of listeners) listener();
}

/** Every key that works on this page now. */
export function useKeyList(): readonly KeyBinding[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}

const typing = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]';
const pressable = 'a[href], button, summary, [role="button"], [role="option"], [role="menuitem"], [role="tab"]';
const plainBox = 'input[type="checkbox"], input[type="radio"], input[type="button"], input[type="submit"]';

/** Whether a binding must stay still: single keys are dead while typing, in a dialog, or when switched off. */
export function isDead(binding: KeyBinding, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if (binding.keys.includes('$mod')) return false;
  if (!singleKeysAct()) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(typing) && !target.matches(plainBox)) return true;
  if (event.key === 'Enter' && target?.closest(pressable)) return true;
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

/** Registers keys while the component stands. `run` may close over anything: the newest one is called. */
export function useKeys(bindings: readonly KeyBinding[]) {
  const newest = useRef(bindings);
  useEffect(() => {
    newest.current = bindings;
  });
  const shape = bindings.map((b) => `${b.keys}\t${b.label}\t${b.group ?? ''}\t${String(b.on)}`).join('\n');
  const id = useMemo(() => Symbol('keys'), []);
  useEffect(() => {
    const live = newest.current;
    registered.set(id, [...live]);
    publish();
    const map: Record<string, (event: KeyboardEvent) => void> = {};
    live.forEach((binding, place) => {
      if (binding.on === false) return;
      map[binding.keys] = (event) => {
        if (isDead(binding, event) || isTaken(binding) || newest.current[place]?.unless?.(event) === true) return;
        event.preventDefault();
        newest.current[place]?.run(event);
      };
    });
    const stop = tinykeys(window, map);
    return () => {
      stop();
      registered.delete(id);
      publish();
    };
  }, [id, shape]);
}
