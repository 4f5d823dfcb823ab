import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DocumentPage } from '../../../api/contract/index.js';
import type { DocumentFacts } from '../../../workflows/domain/document.js';
import { Failure } from '../../shared/failure.js';
import { Lines } from '../../shared/loading.js';
import { boxesOf, piecesOf, runsOf, type Box, type Span } from './boxes.js';
import { drawPage } from './pdf.js';
import { pageQuery } from './place-queries.js';

type PageFacts = DocumentFacts['pages'][number];

/** A good part of the page, or of the window where the page is longer, must be in view. */
const steps = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5];
const isRead = ({ isIntersecting, intersectionRect, boundingClientRect, rootBounds }: IntersectionObserverEntry) =>
  isIntersecting &&
  intersectionRect.height >= 0.3 * Math.min(boundingClientRect.height, rootBounds?.height ?? window.innerHeight);

type LeafProps = {
  review: string;
  source: string;
  page: number;
  facts: PageFacts;
  /** Near enough to be looked at soon: its words are asked for and it is drawn. */
  near: boolean;
  marks: readonly Span[];
  now: Span | undefined;
  /** Rises when the words in question shall be brought into view. */
  moves: number;
  onOpen: () => void;
};

/** One page on paper: its picture, its words over it to select, and the quoted places marked. */
export function Leaf(props: LeafProps) {
  const { review, source, page, facts, near, onOpen, now, moves } = props;
  const query = useQuery({ ...pageQuery(review, source, page), enabled: near });
  const leaf = useRef<HTMLElement>(null);
  const laidOut = facts.width > 0 && facts.height > 0;
  const there = query.data !== undefined;
  useEffect(() => {
    if (!there || now === undefined) return;
    const place = leaf.current?.querySelector('.now');
    place?.scrollIntoView({ block: 'center' });
  }, [there, now, moves]);
  // What is in view with its words there has been opened: the first key.
  useEffect(() => {
    const at = leaf.current;
    if (!there || at === null) return undefined;
    const watch = new IntersectionObserver((entries) => entries.some(isRead) && onOpen(), { threshold: steps });
    watch.observe(at);
    return () => watch.disconnect();
  }, [there, onOpen]);
  const ratio = laidOut ? { aspectRatio: `${String(facts.width)} / ${String(facts.height)}` } : undefined;
  return (
    <article
      ref={leaf}
      className={laidOut ? 'leaf laid' : 'leaf plain'}
      data-leaf={page}
      data-source={source}
      aria-label={`Page ${String(page)}`}
      style={ratio}
    >
      {facts.words === 'text' ? null : (
        <p className="machine">
          {facts.words === 'image' ? 'This page is a picture. Code cannot check it.' : 'Recognised by machine'}
        </p>
      )}
      {query.data ? (
        laidOut ? (
          <Laid {...props} data={query.data} />
        ) : (
          <PlainWords {...props} data={query.data} />
        )
      ) : query.isError ? (
        <Failure error={query.error} retry={() => void query.refetch()} what={`Page ${String(page)} did not load.`} />
      ) : near ? (
        <Lines rows={10} label={`Loading page ${String(page)}`} />
      ) : null}
    </article>
  );
}

/** The words of a document without layout, as text on paper. */
function PlainWords({ data, marks, now }: LeafProps & { data: DocumentPage }) {
  const pieces = useMemo(() => {
    // A mark that runs over an empty line frames no empty line.
    const gaps = [...data.text.matchAll(/\n\s*\n\s*/g)].map(({ index, 0: gap }) => ({
      from: data.from + index,
      to: data.from + index + gap.length,
    }));
    return piecesOf({ from: data.from, to: data.from + data.text.length }, marks, now, gaps);
  }, [data, marks, now]);
  return (
    <div className="leafwords">
      {pieces.map(({ from, to, marked, now: here }) => {
        const words = data.text.slice(from - data.from, to - data.from);
        if ((!marked && !here) || words.trim() === '')
          return (
            <span key={from} data-from={from}>
              {words}
            </span>
          );
        return (
          <mark key={from} data-from={from} className={here ? 'now' : undefined}>
            {words}
          </mark>
        );
      })}
    </div>
  );
}

const share = (part: number, of: number) => `${String((100 * part) / of)}%`;

function at({ x, y, width, height }: Box, page: DocumentPage) {
  return {
    left: share(x, page.width),
    top: share(y, page.height),
    width: share(width, page.width),
    height: share(height, page.height),
  };
}

function Laid({ data, marks, now }: LeafProps & { data: DocumentPage }) {
  const runs = useMemo(() => runsOf(data), [data]);
  const boxes = useMemo(() => {
    const words = (run: Span) => data.text.slice(run.from - data.from, run.to - data.from);
    const of = (span: Span) => boxesOf(runs, words, span);
    return { marks: marks.flatMap(of), now: now === undefined ? [] : of(now) };
  }, [data, runs, marks, now]);
  return (
    <>
      {data.format === 'pdf' ? <Picture data={data} /> : null}
      <div className="boxes" aria-hidden="true">
        {boxes.marks.map((box, index) => (
          <i key={index} style={at(box, data)} />
        ))}
        {boxes.now.map((box, index) => (
          <i key={`now ${String(index)}`} className="now" style={at(box, data)} />
        ))}
      </div>
      <WordLayer data={data} runs={runs} />
    </>
  );
}

/** The page as the file draws it, as sharp as it is shown. */
function Picture({ data }: { data: DocumentPage }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => setWidth(Math.round(element.clientWidth / 40)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0) return undefined;
    const over = new AbortController();
    setFailed(false);
    drawPage(element, data.url, data.page, over.signal).catch(() => {
      if (!over.signal.aborted) setFailed(true);
    });
    return () => over.abort();
  }, [data.url, data.page, width]);
  return (
    <>
      <canvas ref={canvas} aria-hidden="true" />
      {failed ? <p className="machine">This page could not be drawn. Its words can be selected all the same.</p> : null}
    </>
  );
}

let ruler: CanvasRenderingContext2D | null | undefined;
/** How wide some words are in the face of the word layer, at a size of one. */
function widthOf(words: string): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return words.length / 2;
  ruler.font = '100px sans-serif';
  return ruler.measureText(words).width / 100;
}

/** The words over the picture: not seen, but selected and read aloud. */
function WordLayer({ data, runs }: { data: DocumentPage; runs: ReturnType<typeof runsOf> }) {
  return (
    <div className="wordlayer">
      {runs.map((run) => {
        const words = data.text.slice(run.from - data.from, run.to - data.from);
        const natural = widthOf(words) * run.height;
        const squeeze = natural > 0 ? run.width / natural : 1;
        return (
          <span
            key={run.from}
            data-from={run.from}
            style={{
              left: share(run.x, data.width),
              top: share(run.y, data.height),
              fontSize: `${String((100 * run.height) / data.width)}cqw`,
              transform: `scaleX(${String(squeeze)})`,
            }}
          >
            {words}
          </span>
        );
      })}
    </div>
  );
}
