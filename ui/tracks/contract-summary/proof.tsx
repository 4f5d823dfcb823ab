import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { fieldNames, type FieldKey } from '../../../workflows/domain/contract-summary/schema.js';
import type { Absence } from '../../../api/contract/index.js';
import { Button } from '../../shared/button.js';
import { Failure } from '../../shared/failure.js';
import { Lines } from '../../shared/loading.js';
import { count } from '../../shared/words.js';
import { absenceQuery } from './place-queries.js';
import { glance } from './quote.js';
import type { Desk } from './use-desk.js';

type Read = Absence['documents'][number];

function pagesRead({ pages, text, recognised, image }: Read): string {
  const parts = [
    ...(text > 0 ? [`${String(text)} as text`] : []),
    ...(recognised > 0 ? [`${String(recognised)} recognised by machine`] : []),
    ...(image > 0 ? [`${String(image)} pictures that code cannot check`] : []),
  ];
  return `${count(pages, 'page')}: ${parts.join(', ')}`;
}

function DocumentRead({ read, desk }: { read: Read; desk: Desk }) {
  return (
    <section>
      <h3>{read.name}</h3>
      <dl className="kv">
        <dt>Read</dt>
        <dd>{pagesRead(read)}</dd>
        <dt>Words</dt>
        <dd>{read.words.toLocaleString('en-GB')}</dd>
        <dt>Searched for</dt>
        <dd>
          <ul className="searched">
            {read.searched.map(({ words, sentences }) => (
              <li key={words}>
                “{words}”{' '}
                <span className="faint">{sentences === 0 ? 'nowhere' : `in ${count(sentences, 'sentence')}`}</span>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      <h4>{read.nearest.length === 0 ? 'Nothing comes near it.' : 'What comes nearest'}</h4>
      {read.nearest.map(({ page, from, to, text }) => (
        <blockquote className="quote sm" key={from}>
          “{glance(text)}”{' '}
          <button
            type="button"
            className="link"
            onClick={() => desk.show({ is: 'place', place: { source: read.source, page, from, to } })}
          >
            page {page}
          </button>
        </blockquote>
      ))}
    </section>
  );
}

/** The proof that the documents say nothing on a point: what was read, what was searched, what comes nearest. */
export function Proof({ field, desk }: { field: FieldKey; desk: Desk }) {
  const { review, noteSeen } = desk;
  const query = useQuery(absenceQuery(review.id, field));
  const top = useRef<HTMLDivElement>(null);
  const there = query.data !== undefined;
  useEffect(() => {
    const at = top.current;
    if (!there || at === null) return undefined;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) noteSeen(`absence:${field}`);
    });
    watch.observe(at);
    return () => watch.disconnect();
  }, [there, field, noteSeen]);
  const absent = review.draft.fields[field].answer === 'absent';
  const spot = `field:${field}`;
  return (
    <div className="proof" ref={top}>
      <h2 className="t1">{fieldNames[field]}: is it in the document?</h2>
      {query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data ? (
        <>
          {query.data.documents.map((read) => (
            <DocumentRead key={read.source} read={read} desk={desk} />
          ))}
          {absent || !desk.mayAct ? null : (
            <p className="acts">
              <Button
                tone="primary"
                hint="m"
                busy={desk.acts.busy === spot ? 'Saving…' : false}
                onClick={() => desk.sayAbsent(spot)}
              >
                It is not in this document
              </Button>
            </p>
          )}
        </>
      ) : query.isError ? null : (
        <Lines rows={8} label="Loading the proof" />
      )}
    </div>
  );
}
