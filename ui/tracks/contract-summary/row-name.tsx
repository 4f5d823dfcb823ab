import type { ReactNode } from 'react';
import type { Spot } from './spots.js';
import type { Desk } from './use-desk.js';

/** What a row is called: the one tab stop that takes the focus to it, and shows its place when pressed. */
export function RowName({ spot, desk, children }: { spot: Spot; desk: Desk; children: ReactNode }) {
  const now = desk.at === spot;
  return (
    <button
      type="button"
      className="name"
      data-spot={spot}
      aria-current={now ? 'true' : undefined}
      onFocus={() => (now ? undefined : desk.focus(spot))}
      onClick={() => desk.focus(spot, { show: true })}
    >
      {children}
    </button>
  );
}
