import { useState } from 'react';
import type { Inbox } from '../../api/contract/index.js';

const idsOf = (inbox: Inbox) => [...inbox.items.map((item) => item.reviewId), ...inbox.attention.map((run) => run.id)];

/**
 * Rows that came while somebody was reading further down wait behind "2 new", so that nothing under the
 * eye moves. At the top of the list, or once it has focus, they are shown at once.
 */
export function useHeld(inbox: Inbox | undefined, calm: boolean) {
  const [shown, setShown] = useState<ReadonlySet<string> | undefined>(undefined);
  const now = inbox ? idsOf(inbox) : [];
  const fresh = shown && !calm ? now.filter((id) => !shown.has(id)) : [];
  if (inbox && (shown === undefined || calm) && (shown === undefined || now.some((id) => !shown.has(id)))) {
    setShown(new Set(now));
  }
  const waiting = new Set(fresh);
  const visible: Inbox | undefined = inbox && {
    ...inbox,
    items: inbox.items.filter((item) => !waiting.has(item.reviewId)),
    attention: inbox.attention.filter((run) => !waiting.has(run.id)),
  };
  return { visible, held: fresh.length, show: () => (fresh.length > 0 ? setShown(new Set(now)) : undefined) };
}
