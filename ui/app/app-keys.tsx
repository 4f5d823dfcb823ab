import { useNavigate } from '@tanstack/react-router';
import { everywhere as group, useKeys } from '../shared/keys.js';
import { openOverlay } from '../shared/overlay.js';
import { useMay } from '../shared/queries.js';
import { destinations } from './destinations.js';

/** The keys that work on every page. */
export function AppKeys() {
  const navigate = useNavigate();
  const mayStart = useMay('operator');
  useKeys([
    { keys: '$mod+k', label: 'everything', group, run: () => openOverlay('palette') },
    { keys: '/', label: 'search', group, run: () => openOverlay('palette') },
    { keys: 'Shift+/', label: 'search', group, hidden: true, run: () => openOverlay('palette') },
    { keys: 'Shift+?', label: 'these keys', group, run: () => openOverlay('keys') },
    { keys: '?', label: 'these keys', group, hidden: true, run: () => openOverlay('keys') },
    { keys: 'n', label: 'start a run', group, on: mayStart, run: () => void navigate({ to: '/start' }) },
    ...destinations.map(({ to, label, keys }) => ({
      keys,
      label: label.toLowerCase(),
      group,
      run: () => void navigate({ to }),
    })),
    { keys: 'g s', label: 'settings', group, run: () => void navigate({ to: '/settings' }) },
  ]);
  return null;
}
