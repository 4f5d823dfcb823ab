import {
  fieldNames,
  placedQuotes,
  type ContractField,
  type FieldKey,
} from '../../../workflows/domain/contract-summary/schema.js';
import { Words } from '../../review/words.js';
import { Button } from '../../shared/button.js';
import { Note } from '../../shared/note.js';
import { glance, PageLink, Quote } from './quote.js';
import { otherWords } from './point-words.js';
import { placeOfQuote, type Spot } from './spots.js';
import type { Desk } from './use-desk.js';

/** The words that a point rests on: the document's own, what they replaced, and those that are not there. */
export function Quotes({ at, desk }: { at: ContractField; desk: Desk }) {
  return at.quotes.slice(0, 3).map((quote, index) => {
    if (quote.state === 'not-found')
      return (
        <div key={index}>
          <Quote words={quote.text} tone="not-found" />
          <p className="why">
            These words are not in the document. Edit the point, or look at the proof that it says nothing.
          </p>
        </div>
      );
    return (
      <div key={index}>
        <Quote words={quote.text} tone={quote.state}>
          <PageLink quote={quote} desk={desk} />
        </Quote>
        {quote.state === 'drifted' && quote.drafted !== null ? (
          <p className="why">
            The draft said: <Words before={glance(quote.drafted)} after={glance(quote.text)} />. The document’s own
            words replace it.
          </p>
        ) : null}
      </div>
    );
  });
}

/** What the rules or the other document say on the same point. */
export function Others({ field, at, desk }: { field: FieldKey; at: ContractField; desk: Desk }) {
  const spot = `field:${field}`;
  if (at.others.length === 0) return null;
  return (
    <ul className="others">
      {at.others.map((other, index) => (
        <li key={index}>
          <span>
            {otherWords(other)} on <PageLink quote={other.quote} desk={desk} />.
          </span>{' '}
          {!desk.mayAct ? null : other.value === null ? (
            <Button
              small
              aria-label={`Use these words for ${fieldNames[field].toLowerCase()}`}
              onClick={() => {
                const { source, page, from, to, text } = other.quote;
                desk.show({ is: 'place', place: placeOfQuote(other.quote) });
                desk.mark({ place: { source, page, from, to }, text, framed: true });
                desk.edit(spot);
              }}
            >
              Use these words
            </Button>
          ) : (
            <Button
              small
              aria-label={`Take it: ${otherWords(other)}`}
              busy={desk.acts.busy === spot ? 'Taking it in…' : false}
              onClick={() => void desk.acts.save(spot, [{ op: 'take-other', field, other: index }])}
            >
              Take it
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Why the last act on this row was refused. */
export function Refusal({ spot, desk }: { spot: Spot; desk: Desk }) {
  const { refused } = desk.acts;
  if (refused?.spot !== spot) return null;
  return (
    <Note tone="not-found" live="alert" title="Not saved.">
      {refused.words}
    </Note>
  );
}

/** The first place of a point as a link, in the right column. */
export function FirstPage({ at, desk }: { at: ContractField; desk: Desk }) {
  const [quote] = placedQuotes(at.quotes);
  return quote === undefined ? <span className="faint">none</span> : <PageLink quote={quote} desk={desk} short />;
}
