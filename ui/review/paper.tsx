import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Anchor } from './track-pages.js';

type Slot = { anchor: Anchor; host: HTMLElement };

function itemUnder(paper: HTMLElement, anchor: Anchor): HTMLElement | undefined {
  const heading = [...paper.querySelectorAll('h2')].find((title) => title.textContent === anchor.heading);
  const list = heading?.nextElementSibling;
  const item = list?.matches('ol, ul') ? list.children[anchor.index] : undefined;
  return item instanceof HTMLElement ? item : undefined;
}

function place(paper: HTMLElement, anchors: readonly Anchor[]): Slot[] {
  return anchors.flatMap((anchor) => {
    const item = itemUnder(paper, anchor);
    if (!item) return [];
    item.dataset['anchor'] = anchor.id;
    item.tabIndex = -1;
    const host = document.createElement('span');
    host.className = 'refslot';
    item.prepend(host);
    return [{ anchor, host }];
  });
}

/** The page as the server rendered it. Sanitized there, so it is set as it is. */
function Served({ html }: { html: string }) {
  return useMemo(() => <div dangerouslySetInnerHTML={{ __html: html }} />, [html]);
}

/**
 * Exactly what would be published, in serif on paper, with our own marks in the margin: where each item
 * came from. The marks stand in sans and are not published.
 */
export function Paper(props: {
  html: string;
  anchors: readonly Anchor[];
  dress: (paper: HTMLElement) => void;
  at: string | undefined;
  onPlace: ((id: string) => void) | undefined;
}) {
  const { html, anchors, dress, at, onPlace } = props;
  const paper = useRef<HTMLElement>(null);
  const [slots, setSlots] = useState<Slot[]>([]);
  useLayoutEffect(() => {
    if (!paper.current) return undefined;
    dress(paper.current);
    const placed = place(paper.current, anchors);
    setSlots(placed);
    return () => {
      for (const slot of placed) slot.host.remove();
    };
  }, [html, anchors, dress]);
  useLayoutEffect(() => {
    for (const item of paper.current?.querySelectorAll<HTMLElement>('[data-anchor]') ?? [])
      item.classList.toggle('here', item.dataset['anchor'] === at);
  }, [at, slots]);
  return (
    <article className="paper sheet" ref={paper} aria-label="The page">
      <Served html={html} />
      {slots.map(({ anchor, host }) =>
        createPortal(<Ref anchor={anchor} here={anchor.id === at} onPlace={onPlace} />, host, anchor.id),
      )}
    </article>
  );
}

function Ref({
  anchor,
  here,
  onPlace,
}: {
  anchor: Anchor;
  here: boolean;
  onPlace: ((id: string) => void) | undefined;
}) {
  if (anchor.place === undefined)
    return (
      <span className="ref none">
        <u>inferred</u>, not in the recording
      </span>
    );
  if (!onPlace) return <span className="ref none">{anchor.place}</span>;
  return (
    <button
      className="ref"
      aria-label={anchor.spoken}
      aria-current={here ? 'true' : undefined}
      onClick={() => onPlace(anchor.id)}
    >
      {anchor.place}
    </button>
  );
}
