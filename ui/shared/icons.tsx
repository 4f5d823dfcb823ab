import type { ReactNode } from 'react';

const shapes = {
  tick: <path d="M3.5 8.5l3 3 6-7" />,
  done: (
    <>
      <circle cx="8" cy="8" r="6.25" fill="currentColor" stroke="none" />
      <path d="M5.2 8.3l2 2 3.7-4.4" className="knock" />
    </>
  ),
  open: <circle cx="8" cy="8" r="5.75" />,
  dashed: <circle cx="8" cy="8" r="5.75" strokeDasharray="2.3 1.9" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.8V8l2.2 1.7" />
    </>
  ),
  pause: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M6.5 5.75v4.5M9.5 5.75v4.5" />
    </>
  ),
  struck: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M4 12L12 4" />
    </>
  ),
  diamond: (
    <>
      <path d="M8 2.25L13.75 8 8 13.75 2.25 8z" />
      <path d="M8 5.4v3.2M8 10.6v.2" />
    </>
  ),
  wave: <path d="M2.5 9c1.6-3 3.4-3 5.2-1.1S11.4 10 13.5 7" />,
  back: <path d="M9.5 3.5L5 8l4.5 4.5" />,
  forward: <path d="M6.5 3.5L11 8l-4.5 4.5" />,
  down: <path d="M3.5 6.2L8 10.7l4.5-4.5" />,
  up: <path d="M3.5 9.8L8 5.3l4.5 4.5" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="M10.2 10.2l3.3 3.3" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  inbox: (
    <>
      <path d="M2.5 9.5l2-6h7l2 6v3h-11z" />
      <path d="M2.5 9.5h3.2c.3 1.3 1.1 2 2.3 2s2-.7 2.3-2h3.2" />
    </>
  ),
  book: (
    <path d="M8 4.2C6.8 3.2 5 2.9 2.5 2.9v9.4c2.5 0 4.3.3 5.5 1.3 1.2-1 3-1.3 5.5-1.3V2.9C11 2.9 9.2 3.2 8 4.2zM8 4.2v9.2" />
  ),
  sliders: (
    <>
      <path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6" />
      <circle cx="10.25" cy="4.5" r="1.75" />
      <circle cx="5.75" cy="11.5" r="1.75" />
    </>
  ),
  document: (
    <>
      <path d="M4 2.25h5.5L12.5 5.25v8.5H4z" />
      <path d="M6.2 8h4M6.2 10.6h4M9.3 2.4v3h3" />
    </>
  ),
  steps: <path d="M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4h.8M2.5 8h.8M2.5 12h.8" />,
  speech: <path d="M2.5 3.5h11v7.5H7.2L4.5 13.3V11h-2z" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  dots: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />,
  flag: <path d="M3.5 14V2.5h8.5L10 5.5l2 3H3.5" />,
  eye: (
    <>
      <path d="M1.5 8C3 5.2 5.2 3.8 8 3.8S13 5.2 14.5 8C13 10.8 10.8 12.2 8 12.2S3 10.8 1.5 8z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  picture: (
    <>
      <rect x="2.5" y="3" width="11" height="10" />
      <path d="M2.5 11l3.2-3.4 2.4 2.3 1.8-1.7 3.6 3.3M9.9 6h.01" />
    </>
  ),
  bell: <path d="M8 2.6c-2.3 0-3.7 1.7-3.7 4v2.6L3 11.4h10l-1.3-2.2V6.6c0-2.3-1.4-4-3.7-4zM6.7 13.4h2.6" />,
  person: (
    <>
      <circle cx="8" cy="5.6" r="2.6" />
      <path d="M3 13.5c.5-2.6 2.4-4 5-4s4.5 1.4 5 4" />
    </>
  ),
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="M7.2 8.800L13 3M10.5 5.500l1.9 1.9" />
    </>
  ),
  record: <circle cx="8" cy="8" r="4" fill="currentColor" stroke="none" />,
  attach: (
    <path d="M12.5 7.200l-5 5a2.7 2.7 0 01-3.8-3.800l5.4-5.400a1.8 1.8 0 012.5 2.500l-5.2 5.200a.8.8 0 01-1.2-1.200l4.7-4.7" />
  ),
  external: <path d="M6.5 3.500h-3v9h9v-3M9 3.500h3.500V7M12.3 3.700L7.5 8.5" />,
  download: <path d="M8 2.500v7.500M4.8 7L8 10.2 11.2 7M3 13.500h10" />,
  trash: <path d="M3.5 4.500h9M6.5 4.500v-1.700h3v1.700M4.7 4.500l.5 9h5.600l.5-9" />,
  pen: <path d="M3 13l.7-3L10.9 2.800l2.3 2.300L6 12.300zM9.5 4.200l2.3 2.3" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** A 16-pixel line drawing. Decoration always: the word beside it carries the meaning. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg className={className ? `i ${className}` : 'i'} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}

/** The product's mark: a tick over a signing line. */
export function BrandMark() {
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M4 9.5l4 4L15.5 3.5" />
      <path d="M3 17h14" />
    </svg>
  );
}
