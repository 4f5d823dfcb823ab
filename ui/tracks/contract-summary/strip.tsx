import { useMemo } from 'react';
import type { PlacedQuote } from '../../../workflows/domain/contract-summary/schema.js';
import { quotedPlaces, placeOfQuote } from './spots.js';
import { pageWords } from './quote.js';
import type { Desk } from './use-desk.js';

const mostBars = 4;

/** The pages that something rests on, each a press away. */
export function Strip({ desk, source, current }: { desk: Desk; source: string; current: number }) {
  const { draft } = desk.review;
  const pages = useMemo(() => {
    const found = new Map<string, { first: PlacedQuote; places: Set<number> }>();
    for (const quote of quotedPlaces(draft)) {
      const key = `${quote.source}:${String(quote.page)}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { first: quote, places: new Set([quote.from]) });
      else known.places.add(quote.from);
    }
    const order = draft.documents.map((document) => document.source);
    return [...found.values()].sort(
      (a, b) => order.indexOf(a.first.source) - order.indexOf(b.first.source) || a.first.page - b.first.page,
    );
  }, [draft]);
  if (pages.length < 2) return null;
  return (
    <nav className="strip wide" aria-label="Pages with a quote">
      {pages.map(({ first, places }) => {
        const words = pageWords(draft, first);
        const here = first.source === source && first.page === current;
        return (
          <button
            key={`${first.source}:${String(first.page)}`}
            type="button"
            aria-current={here ? 'page' : undefined}
            aria-label={`Show ${words}, ${String(places.size)} quoted`}
            onClick={() => {
              const { page, source: of } = placeOfQuote(first);
              desk.show({ is: 'place', place: { source: of, page } });
            }}
          >
            <span aria-hidden="true">
              {[...places].slice(0, mostBars).map((from) => (
                <i key={from} />
              ))}
            </span>
            {words.replace('page ', '').replace(/ of (the )?amendment ?/, ' A')}
          </button>
        );
      })}
    </nav>
  );
}
