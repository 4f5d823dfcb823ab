import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../shared/api.js';

const worthAnotherTry = (error: unknown) =>
  error instanceof ApiError && (error.code === 'offline' || error.status >= 500);

/** Answers are kept fresh by the live channel, so a window in focus again asks once and no timer runs. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => worthAnotherTry(error) && failures < 2,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
