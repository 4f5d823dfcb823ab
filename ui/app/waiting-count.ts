import { useQuery } from '@tanstack/react-query';
import { inboxQuery } from '../shared/queries.js';

/** How much waits for a person: reviews and runs that need a decision. `undefined` until known; `more` past one page. */
export function useWaitingCount(): { n: number; more: boolean } | undefined {
  const { data } = useQuery(inboxQuery({}));
  return data && { n: data.items.length + data.attention.length, more: data.next !== undefined };
}
