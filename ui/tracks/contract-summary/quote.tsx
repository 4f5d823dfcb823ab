import type { ReactNode } from 'react';
import type { PlacedQuote } from '../../../workflows/domain/contract-summary/schema.js';
import type { ContractPayload } from '../../../api/contract/index.js';
import { placeOfQuote } from './spots.js';
import type { Desk } from './use-desk.js';

const most = 260;

/** On one line and not longer than a glance takes; the whole stands in the document. */
export function glance(text: string, length = most): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return words.length <= length ? words : `${words.slice(0, length - 1)}…`;
}

/** `page 11`, and of which document where there are several. */
export function pageWords({ documents }: ContractPayload, { source, page }: { source: string; page: number }): string {
  const at = documents.findIndex((document) => document.source === source);
  const number = documents.slice(0, at + 1).filter(({ role }) => role === 'amendment').length;
  const of = at <= 0 ? '' : documents.length === 2 ? ' of the amendment' : ` of amendment ${String(number)}`;
  return `page ${String(page)}${of}`;
}

/** A document's words with a rule at the left in the state's colour. */
export function Quote(props: { words: string; tone: 'verified' | 'drifted' | 'not-found'; children?: ReactNode }) {
  return (
    <blockquote className={`quote sm ${props.tone}`}>
      “{glance(props.words)}” {props.children}
    </blockquote>
  );
}

/** A link that moves the document to the words and frames them. */
export function PageLink({ quote, desk, short }: { quote: PlacedQuote; desk: Desk; short?: boolean }) {
  const words = pageWords(desk.review.draft, quote);
  return (
    <button
      type="button"
      className="link pagelink"
      aria-label={`Show ${words}`}
      onClick={(event) => {
        event.stopPropagation();
        desk.show({ is: 'place', place: placeOfQuote(quote) });
      }}
    >
      {short === true ? words.replace('page ', 'p. ').replace(/ of (the )?amendment/, ', A') : words}
    </button>
  );
}
