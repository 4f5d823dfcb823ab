import { useState } from 'react';
import type { Clause, Omitted } from '../../../workflows/domain/contract-summary/schema.js';
import { placedQuotes } from '../../../workflows/domain/contract-summary/schema.js';
import { Button } from '../../shared/button.js';
import { TextField } from '../../shared/field.js';
import { StateMark } from '../../shared/state-mark.js';
import { ListHead } from './list-head.js';
import { Refusal } from './point-parts.js';
import { PageLink, Quote } from './quote.js';
import { RowName } from './row-name.js';
import type { Desk } from './use-desk.js';

function Rename({ clause, desk }: { clause: Clause; desk: Desk }) {
  const spot = `clause:${clause.id}`;
  const [title, setTitle] = useState(clause.title);
  const save = async () => {
    if (title.trim() === '') return;
    if (await desk.acts.save(spot, [{ op: 'set-clause', id: clause.id, title: title.trim() }])) desk.edit(undefined);
  };
  return (
    <form
      className="pointform"
      aria-label="Rename the clause"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        desk.edit(undefined);
      }}
    >
      <TextField
        label="What it is about"
        autoComplete="off"
        maxLength={200}
        value={title}
        error={title.trim() === '' ? 'Write a few words.' : undefined}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="acts">
        <Button small tone="primary" type="submit" busy={desk.acts.busy === spot ? 'Saving…' : false}>
          Save
        </Button>
        <Button small tone="quiet" hint="esc" onClick={() => desk.edit(undefined)}>
          Leave
        </Button>
      </div>
    </form>
  );
}

function ClauseRow({ clause, desk }: { clause: Clause; desk: Desk }) {
  const spot = `clause:${clause.id}`;
  const now = desk.at === spot;
  const { quote } = clause;
  const [placed] = placedQuotes([quote]);
  const lost = quote.state === 'not-found';
  return (
    <section
      className={`point fld${now ? ' now' : ''}${lost ? ' bad' : ''}`}
      data-row={spot}
      aria-label={clause.title}
      onClick={() => (now ? undefined : desk.focus(spot))}
    >
      <RowName spot={spot} desk={desk}>
        {clause.title}
      </RowName>
      <span className="v">{now ? '' : quote.text}</span>
      <StateMark state={lost ? 'not-found' : quote.state === 'drifted' ? 'drifted' : 'verified'} loud={lost} />
      <span className="pg">
        {placed === undefined ? <span className="faint">none</span> : <PageLink quote={placed} desk={desk} short />}
      </span>
      {now ? (
        <div className="more">
          <Quote words={quote.text} tone={quote.state}>
            {placed === undefined ? null : <PageLink quote={placed} desk={desk} />}
          </Quote>
          {lost ? <p className="why">These words are not in the document. Take the clause out.</p> : null}
          {desk.editing === spot ? (
            <Rename clause={clause} desk={desk} />
          ) : desk.mayAct ? (
            <div className="acts">
              <Button small hint="e" aria-label={`Rename ${clause.title}`} onClick={() => desk.edit(spot)}>
                Rename
              </Button>
              <Button
                small
                tone="quiet"
                aria-label={`Take out ${clause.title}`}
                busy={desk.acts.busy === spot ? 'Taking it out…' : false}
                onClick={() => void desk.acts.save(spot, [{ op: 'remove-clause', id: clause.id }])}
              >
                Take it out
              </Button>
            </div>
          ) : null}
          <Refusal spot={spot} desk={desk} />
        </div>
      ) : null}
    </section>
  );
}

function OmittedRow({ one, desk }: { one: Omitted; desk: Desk }) {
  const spot = `omitted:${one.id}`;
  const now = desk.at === spot;
  const save = (op: 'take-omitted' | 'leave-omitted') => void desk.acts.save(spot, [{ op, id: one.id }]);
  return (
    <section
      className={`point fld${now ? ' now' : ''}`}
      data-row={spot}
      aria-label={one.title}
      onClick={() => (now ? undefined : desk.focus(spot))}
    >
      <RowName spot={spot} desk={desk}>
        {one.title}
      </RowName>
      <span className="v two">{now ? '' : one.quote.text}</span>
      <span className="pg">
        <PageLink quote={one.quote} desk={desk} short />
      </span>
      <div className="more">
        {now ? <Quote words={one.quote.text} tone="verified" /> : null}
        {desk.mayAct ? (
          <div className="acts">
            <Button
              small
              aria-label={`Take in: ${one.title}`}
              busy={desk.acts.busy === spot ? 'Saving…' : false}
              onClick={() => save('take-omitted')}
            >
              Take it in
            </Button>
            <Button small tone="quiet" aria-label={`Leave out: ${one.title}`} onClick={() => save('leave-omitted')}>
              Leave it out
            </Button>
          </div>
        ) : null}
        <Refusal spot={spot} desk={desk} />
      </div>
    </section>
  );
}

/** Clauses worth flagging, and those that the rules found and the draft left out. */
export function Clauses({ desk }: { desk: Desk }) {
  const { unusual, omitted } = desk.review.draft;
  return (
    <>
      <ListHead
        spot="unusual"
        title="Worth flagging"
        count={unusual.length}
        confirm="Confirm these clauses"
        desk={desk}
      />
      {unusual.length === 0 ? (
        <p className="none sm dim">None so far. Mark words in the document to flag them.</p>
      ) : (
        unusual.map((clause) => <ClauseRow key={clause.id} clause={clause} desk={desk} />)
      )}
      {omitted.length === 0 ? null : (
        <>
          <ListHead
            spot="left-out"
            title="In the document, not in the summary"
            count={omitted.length}
            confirm="Leave them out"
            desk={desk}
          />
          {omitted.map((one) => (
            <OmittedRow key={one.id} one={one} desk={desk} />
          ))}
        </>
      )}
    </>
  );
}
