import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { DocumentPage } from '../../../api/contract/index.js';
import { Button } from '../../shared/button.js';
import { useKeys } from '../../shared/keys.js';
import { Leaf } from './leaf.js';
import { MarkBar } from './mark-bar.js';
import { isUnmarked, markedNow, sentencesOf } from './marking.js';
import { pageQuery } from './place-queries.js';
import { Proof } from './proof.js';
import { quotedPlaces } from './spots.js';
import { Strip } from './strip.js';
import type { Desk } from './use-desk.js';

const noMarks: readonly { from: number; to: number }[] = [];
const readWords = { text: 'read as text', recognised: 'recognised by machine', image: 'a picture' } as const;

/** Which page of the pane is in the middle, and which are near enough to be drawn. */
function useNear(scroller: React.RefObject<HTMLDivElement | null>, source: string) {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState(1);
  useEffect(() => {
    const root = scroller.current;
    if (root === null) return undefined;
    setNear(new Set());
    const number = (entry: IntersectionObserverEntry) =>
      entry.target instanceof HTMLElement ? Number(entry.target.dataset['leaf']) : 0;
    const watch = new IntersectionObserver(
      (entries) =>
        setNear((before) => {
          const after = new Set(before);
          for (const entry of entries) {
            if (entry.isIntersecting) after.add(number(entry));
            else after.delete(number(entry));
          }
          return after;
        }),
      { root, rootMargin: '80% 0px' },
    );
    const middle = new IntersectionObserver(
      (entries) => {
        const here = entries.find((entry) => entry.isIntersecting);
        if (here !== undefined) setCurrent(number(here));
      },
      { root, rootMargin: '-45% 0px -45% 0px' },
    );
    for (const leaf of root.querySelectorAll('[data-leaf]')) {
      watch.observe(leaf);
      middle.observe(leaf);
    }
    return () => {
      watch.disconnect();
      middle.disconnect();
    };
  }, [scroller, source]);
  return { near, current };
}

/** The document: its pages on paper, the quoted places marked, the words to select. */
export function DocumentPane({ desk, views }: { desk: Desk; views: ReactNode }) {
  const { review, here, moves, noteSeen, mark } = desk;
  const { documents } = review.draft;
  const client = useQueryClient();
  const scroller = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  const place = here?.is === 'place' ? here.place : undefined;
  const [source, setSource] = useState(place?.source ?? documents[0]?.source ?? '');
  useEffect(() => {
    if (place !== undefined) setSource(place.source);
  }, [place]);
  const pages = useMemo(() => {
    const reading = review.sources.find((one) => one.id === source)?.reading;
    return reading?.kind === 'document-facts' ? reading.facts.pages : [];
  }, [review.sources, source]);
  const { near, current } = useNear(scroller, source);
  const marks = useMemo(() => {
    const found = new Map<number, { from: number; to: number }[]>();
    for (const quote of quotedPlaces(review.draft))
      if (quote.source === source)
        // A quote may run on into the next page.
        for (const page of [quote.page, quote.page + 1]) found.set(page, [...(found.get(page) ?? []), quote]);
    return found;
  }, [review.draft, source]);
  const now = useMemo(
    () =>
      place?.from === undefined || place.to === undefined || place.source !== source
        ? undefined
        : { from: place.from, to: place.to },
    [place, source],
  );

  useEffect(() => {
    if (place === undefined || place.source !== source) return;
    const leaf = scroller.current?.querySelector<HTMLElement>(`[data-leaf="${String(place.page)}"]`);
    // Words that are drawn already bring themselves into view.
    if (leaf && !leaf.querySelector('.now')) leaf.scrollIntoView({ block: 'start' });
  }, [place, source, moves]);

  const take = useCallback(() => {
    const root = scroller.current;
    if (root === null) return;
    const found = markedNow(root);
    if (found !== undefined || isUnmarked(root)) mark(found);
  }, [mark]);
  useEffect(() => {
    document.addEventListener('selectionchange', take);
    return () => document.removeEventListener('selectionchange', take);
  }, [take]);

  /** By keyboard: the sentence after or before the marked one, or after the place in question. */
  const sentence = (by: 1 | -1) => {
    const page = desk.marked?.place.page ?? (place?.source === source ? place.page : current);
    const data = client.getQueryData<DocumentPage>(pageQuery(review.id, source, page).queryKey);
    if (data === undefined) return;
    const all = sentencesOf(data.text, data.from);
    const from = desk.marked?.place.from ?? now?.from ?? data.from - 1;
    const started = desk.marked !== undefined;
    const next =
      by === 1
        ? all.find((one) => (started ? one.from > from : one.to > from))
        : all.findLast((one) => one.from < from);
    if (next === undefined) return;
    document.getSelection()?.removeAllRanges();
    const text = data.text.slice(next.from - data.from, next.to - data.from);
    mark({ place: { source, page, ...next }, text, framed: true });
  };
  useKeys([
    { keys: '.', label: 'mark the next sentence of the page', group: 'Document', run: () => sentence(1) },
    { keys: ',', label: 'mark the sentence before', group: 'Document', run: () => sentence(-1) },
  ]);
  const onPage = useCallback((page: number) => noteSeen(`${source}:${String(page)}`), [noteSeen, source]);
  const shownMark = desk.marked?.framed === true && desk.marked.place.source === source ? desk.marked.place : undefined;
  const words = pages[current - 1]?.words ?? 'text';
  if (here?.is === 'absence')
    return (
      <>
        <header>{views}</header>
        <div className="docbody">
          <div className="docscroll" tabIndex={0}>
            <Proof key={here.field} field={here.field} desk={desk} />
          </div>
        </div>
      </>
    );
  return (
    <>
      <header>
        {views}
        {documents.length > 1 ? (
          <label className="docswitch">
            <span className="vh">Document</span>
            <select className="input" value={source} onChange={(event) => setSource(event.target.value)}>
              {documents.map((document) => (
                <option key={document.source} value={document.source}>
                  {document.role === 'contract' ? 'Contract' : 'Amendment'}: {document.name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <span className="nw">
          <b>
            Page {current} of {pages.length}
          </b>
        </span>
        <span className="faint cut">{readWords[words]}</span>
        <span className="sp" />
        <Button small tone="quiet" className="wide" aria-pressed={wide} onClick={() => setWide(!wide)}>
          {wide ? 'Fit the page' : 'Fit the width'}
        </Button>
      </header>
      <div className="docbody">
        <Strip desk={desk} source={source} current={current} />
        <div className={wide ? 'docscroll wide' : 'docscroll'} ref={scroller} tabIndex={0} aria-label="Pages">
          {pages.length === 0 ? (
            <p className="erased">This document was erased. Its quotes stand in the summary.</p>
          ) : null}
          {pages.map((facts, index) => (
            <LeafAt
              key={`${source}:${String(index)}`}
              {...{ review: review.id, source, facts, moves }}
              page={index + 1}
              near={near.has(index + 1)}
              marks={marks.get(index + 1) ?? noMarks}
              now={shownMark?.page === index + 1 ? shownMark : place?.page === index + 1 ? now : undefined}
              onPage={onPage}
            />
          ))}
        </div>
        <MarkBar desk={desk} />
      </div>
    </>
  );
}

function LeafAt({
  onPage,
  ...leaf
}: Omit<React.ComponentProps<typeof Leaf>, 'onOpen'> & { onPage: (page: number) => void }) {
  const { page } = leaf;
  const onOpen = useCallback(() => onPage(page), [onPage, page]);
  return <Leaf {...leaf} onOpen={onOpen} />;
}
