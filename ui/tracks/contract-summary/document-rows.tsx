import type { ContractDocument } from '../../../workflows/domain/contract-summary/schema.js';
import { count } from '../../shared/words.js';
import { ListHead } from './list-head.js';
import { hidingWords } from './point-words.js';
import type { Desk } from './use-desk.js';

function Hidden({ document, desk }: { document: ContractDocument; desk: Desk }) {
  const reading = desk.review.sources.find(({ id }) => id === document.source)?.reading;
  const facts = reading?.kind === 'document-facts' ? reading.facts : undefined;
  return (
    <>
      <ListHead
        spot={`hidden:${document.source}`}
        title={`Hidden in ${document.name}`}
        count={document.hidden}
        confirm="I have looked at them"
        desk={desk}
      />
      <p className="none sm dim">No reader sees these, so no draft was made from them and none of them is published.</p>
      <ul className="hiddentexts">
        {(facts?.hidden ?? []).map(({ page, how, text }, index) => (
          <li key={index}>
            <button
              type="button"
              className="link sm"
              onClick={() => desk.show({ is: 'place', place: { source: document.source, page } })}
            >
              page {page}
            </button>{' '}
            <span className="sm dim">{hidingWords[how]}</span>
            <code>{text}</code>
          </li>
        ))}
      </ul>
      {facts !== undefined && facts.hiddenMore > 0 ? (
        <p className="none sm dim">
          and {count(facts.hiddenMore, 'more text')} that {facts.hiddenMore === 1 ? 'is' : 'are'} not listed
        </p>
      ) : null}
    </>
  );
}

function Unread({ document, desk }: { document: ContractDocument; desk: Desk }) {
  return (
    <>
      <ListHead
        spot={`unread:${document.source}`}
        title={`Pictures in ${document.name}`}
        count={document.unread.length}
        confirm={document.unread.length === 1 ? 'I have read it' : 'I have read them'}
        desk={desk}
      />
      <p className="none sm dim">
        Code cannot check {document.unread.length === 1 ? 'this page' : 'these pages'}. Read what stands there:{' '}
        {document.unread.slice(0, 40).map((page) => (
          <button
            key={page}
            type="button"
            className="link pagelink"
            onClick={() => desk.show({ is: 'place', place: { source: document.source, page } })}
          >
            page {page}
          </button>
        ))}
      </p>
    </>
  );
}

/** What code could not read of the documents, and what it cut out: each to be looked at by a person. */
export function DocumentRows({ desk }: { desk: Desk }) {
  return desk.review.draft.documents.map((document) => (
    <div key={document.source} className="contents">
      {document.hidden > 0 ? <Hidden document={document} desk={desk} /> : null}
      {document.unread.length > 0 ? <Unread document={document} desk={desk} /> : null}
    </div>
  ));
}
