import { useNavigate, useSearch } from '@tanstack/react-router';

export type UrlState = Readonly<Record<string, string | undefined>>;

/** Search parameters as plain words; the router keeps nothing else. It reads `3` and `true` as values, so they are made words again. */
export function textSearch(search: Record<string, unknown>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => {
      const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
      return typeof text === 'string' && text !== '' ? [[name, text]] : [];
    }),
  );
}

/** The page's state as it stands in the address. `undefined` takes a name out; moves that are not worth a step back replace. */
export function useUrlState(): [UrlState, (change: UrlState, how?: { step?: boolean }) => void] {
  const search: unknown = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = textSearch(typeof search === 'object' && search !== null ? { ...search } : {});
  const change = (wanted: UrlState, how: { step?: boolean } = {}) => {
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => textSearch({ ...before, ...wanted }),
      replace: how.step !== true,
    });
  };
  return [state, change];
}
