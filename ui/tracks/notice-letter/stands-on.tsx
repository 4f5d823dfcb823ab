import { Link } from '@tanstack/react-router';
import type { LetterReview } from '../../../api/contract/index.js';
import type { PlacedQuote } from '../../../workflows/domain/contract-summary/schema.js';
import { dayInWords } from '../../../workflows/domain/contract-summary/civil-day.js';
import { isLate } from '../../../workflows/domain/notice-letter/schema.js';
import { Note } from '../../shared/note.js';

function Quoted({ quote }: { quote: PlacedQuote }) {
  return (
    <figure className="clause">
      <blockquote>“{quote.text.replace(/\s+/g, ' ')}”</blockquote>
      <figcaption className="lab">page {quote.page}</figcaption>
    </figure>
  );
}

function Days({ draft }: { draft: LetterReview['draft'] }) {
  const { lastSafe, termEnds, endOn, kind } = draft.facts;
  if (lastSafe === null)
    return (
      <p className="sm dim">
        {kind === 'termination'
          ? endOn === null
            ? 'No end day was asked for: it ends as early as its terms allow.'
            : `It shall end on ${dayInWords(endOn)}. The notice that a termination takes is not counted here; see the clause.`
          : termEnds === null
            ? 'The approved summary names no day.'
            : `The term ends on ${dayInWords(termEnds)}. The approved summary gives no day for the notice.`}
      </p>
    );
  return (
    <>
      {isLate(draft) ? (
        <Note tone="not-found" live="status" title={`Too late: the last safe day was ${dayInWords(lastSafe.day)}.`}>
          The contract may renew all the same.
        </Note>
      ) : (
        <p className="lastday">
          <b>{dayInWords(lastSafe.day)}</b>
        </p>
      )}
      <ul className="sm dim steps">
        {lastSafe.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
    </>
  );
}

/** What the letter stands on: the approved summary, its arithmetic, and the contract's own words on giving notice. */
export function StandsOn({ review }: { review: LetterReview }) {
  const { facts } = review.draft;
  return (
    <>
      <header>
        <h2>What it stands on</h2>
      </header>
      <div className="standson">
        <section>
          <h3>The contract</h3>
          <p className="sm">
            <Link className="link" to="/runs/$id" params={{ id: facts.contract.run }}>
              {facts.contract.title}
            </Link>
            <br />
            <span className="faint">the approved summary, version {facts.contract.version}</span>
          </p>
        </section>
        <section>
          <h3>{facts.kind === 'termination' ? 'The end' : 'Last safe day'}</h3>
          <Days draft={review.draft} />
        </section>
        <section>
          <h3>The clause</h3>
          {facts.noticeClause === null ? (
            <p className="sm dim">The approved summary quotes none.</p>
          ) : (
            <Quoted quote={facts.noticeClause} />
          )}
        </section>
        <section>
          <h3>How notices are given</h3>
          {facts.manner.length === 0 ? (
            <p className="sm dim">No sentence on it was found in the contract by rule. Look yourself.</p>
          ) : (
            facts.manner.map((quote) => <Quoted key={`${quote.source}:${String(quote.from)}`} quote={quote} />)
          )}
        </section>
      </div>
    </>
  );
}
