import { useSyncExternalStore } from 'react';

/** What this browser alone remembers. `public/theme.js` reads the same entry before the first paint. */
export type BrowserSettings = {
  theme: 'system' | 'light' | 'dark';
  /** Undefined where this browser leaves it to the house. */
  singleKeys: boolean | undefined;
};

const entry = 'countersign.browser';
const usual: BrowserSettings = { theme: 'system', singleKeys: undefined };
const listeners = new Set<() => void>();

function read(): BrowserSettings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(entry) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return usual;
    const theme = 'theme' in stored && (stored.theme === 'light' || stored.theme === 'dark') ? stored.theme : 'system';
    const chosen = 'singleKeys' in stored && typeof stored.singleKeys === 'boolean' ? stored.singleKeys : undefined;
    return { theme, singleKeys: chosen };
  } catch {
    return usual;
  }
}

let current = read();
let houseKeys = true;

function show({ theme }: BrowserSettings) {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Changes some of this browser's settings; every open page of it follows. */
export function changeBrowser(change: Partial<BrowserSettings>) {
  current = { ...current, ...change };
  try {
    localStorage.setItem(entry, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still applies it until the page is left.
  }
  show(current);
  for (const listener of listeners) listener();
}

window.addEventListener('storage', (event) => {
  if (event.key !== entry) return;
  current = read();
  show(current);
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** This browser's settings outside of React. */
export const browserSettings = () => current;

/** Whether single keys act here: as this browser chose, or else as the house has it. */
export const singleKeysAct = () => current.singleKeys ?? houseKeys;

/** What the house has, told once somebody is signed in. */
export function tellHouseKeys(act: boolean) {
  if (houseKeys === act) return;
  houseKeys = act;
  current = { ...current };
  for (const listener of listeners) listener();
}

/** This browser's settings, followed live. */
export const useBrowser = () => useSyncExternalStore(subscribe, browserSettings);
