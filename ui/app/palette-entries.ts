import type { useNavigate } from '@tanstack/react-router';
import type { SearchHit } from '../../api/contract/index.js';
import { changeBrowser } from '../shared/browser.js';
import type { IconName } from '../shared/icons.js';
import { openOverlay } from '../shared/overlay.js';
import { useMay } from '../shared/queries.js';
import { runStateWords } from '../shared/state-mark.js';
import { destinations } from './destinations.js';
import { signOut } from './session.js';

/** One line of the palette. `stays`: it opens another overlay in this one's place. */
export type Entry = {
  id: string;
  icon: IconName;
  label: string;
  aside?: string;
  keys?: string;
  run: () => void;
  stays?: boolean;
};

type Navigate = ReturnType<typeof useNavigate>;

/** A thing the server found, and the page it stands on. */
export function hitEntry(hit: SearchHit, navigate: Navigate): Entry {
  const id = `${hit.kind} ${hit.id}`;
  const label = hit.title;
  switch (hit.kind) {
    case 'published': {
      const run = () => void navigate({ to: '/published/$id', params: { id: hit.id } });
      return { id, label, icon: 'book', aside: hit.superseded ? 'Superseded' : 'Published', run };
    }
    case 'person': {
      const run = () => void navigate({ to: '/settings/$section', params: { section: 'people' } });
      return { id, label, icon: 'person', aside: 'Person', run };
    }
    case 'run': {
      const { reviewId } = hit;
      const run = () =>
        void (reviewId
          ? navigate({ to: '/reviews/$id', params: { id: reviewId } })
          : navigate({ to: '/runs/$id', params: { id: hit.id } }));
      return { id, label, icon: 'steps', aside: runStateWords[hit.state].words, run };
    }
  }
}

/** What the palette holds of itself: pages and acts. */
export function useHouseEntries(navigate: Navigate): { heading: string; entries: Entry[] }[] {
  const mayStart = useMay('operator');
  const pages: Entry[] = destinations.map(({ to, label, icon, keys }) => ({
    id: to,
    label,
    icon,
    keys,
    run: () => void navigate({ to }),
  }));
  pages.push({
    id: '/settings',
    label: 'Settings',
    icon: 'sliders',
    keys: 'g s',
    run: () => void navigate({ to: '/settings' }),
  });
  const acts: Entry[] = [
    { id: 'notices', label: 'Read the notices', icon: 'bell', run: () => openOverlay('notices'), stays: true },
    { id: 'keys', label: 'Show the keys', icon: 'key', keys: '?', run: () => openOverlay('keys'), stays: true },
    ...(['light', 'dark', 'system'] as const).map((theme): Entry => ({
      id: `theme ${theme}`,
      label: theme === 'system' ? 'Theme: as the system' : `Theme: ${theme}`,
      icon: 'eye',
      run: () => changeBrowser({ theme }),
    })),
    { id: 'sign out', label: 'Sign out', icon: 'back', run: () => void signOut() },
  ];
  if (mayStart) {
    acts.unshift({
      id: '/start',
      label: 'Start a run',
      icon: 'plus',
      keys: 'n',
      run: () => void navigate({ to: '/start' }),
    });
  }
  return [
    { heading: 'Go to', entries: pages },
    { heading: 'Do', entries: acts },
  ];
}
