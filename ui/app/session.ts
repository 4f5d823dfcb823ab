import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiError, ask } from '../shared/api.js';

/** Ends the session here and goes to the door. A whole page load, so that nothing of the person stays in memory. */
export async function signOut() {
  try {
    await ask('post /api/auth/sign-out');
  } finally {
    window.location.assign('/sign-in');
  }
}

/** Where any answer says that the session has ended, the person signs in again and comes back to the same page. */
export function useSignedOutElsewhere() {
  const client = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    let leaving = false;
    const look = (error: unknown) => {
      if (leaving || !(error instanceof ApiError) || error.code !== 'not_signed_in') return;
      leaving = true;
      client.removeQueries({ queryKey: ['me'] });
      void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } });
    };
    return client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
    });
  }, [client, router]);
}
