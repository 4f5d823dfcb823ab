import { useKeys } from '../../shared/keys.js';
import { hereOf } from './spots.js';
import type { Desk } from './use-desk.js';

/** Arrows scroll the pane that has the focus, and move between points everywhere else. */
const scrolls = () =>
  document.activeElement?.closest('.docscroll, .leftpane') !== null && document.activeElement !== document.body;

/** Every single key of a contract's room besides the four verbs; all of them stand under `?`. */
export function useRoomKeys(desk: Desk, room: { editing: boolean; toChanges: () => void; leave: () => void }) {
  const group = 'Points';
  const on = !room.editing;
  const { at } = desk;
  const show = () => {
    const here = at === undefined ? undefined : hereOf(desk.review.draft, at);
    if (here !== undefined) desk.show(here);
  };
  useKeys([
    { keys: 'ArrowDown', label: 'next point', group, on, unless: scrolls, run: () => desk.step(1, 'all') },
    { keys: 'ArrowUp', label: 'previous point', group, on, unless: scrolls, run: () => desk.step(-1, 'all') },
    { keys: 'n', label: 'next open point or conflict, and its place', group, on, run: () => desk.step(1, 'to-visit') },
    { keys: 'p', label: 'the one before', group, on, run: () => desk.step(-1, 'to-visit') },
    { keys: 'Enter', label: 'show the place of the point in focus', group, on, run: show },
    {
      keys: 'c',
      label: 'confirm the point in focus, its page first',
      group,
      on: on && desk.mayAct,
      run: () => (at === undefined ? undefined : desk.confirm(at)),
    },
    {
      keys: 'm',
      label: 'not in this document: the proof first',
      group,
      on: on && desk.mayAct,
      run: () => (at === undefined ? undefined : desk.sayAbsent(at)),
    },
    { keys: 'd', label: 'changes, or the document', group: 'This review', run: room.toChanges },
    {
      keys: 'Escape',
      label: desk.sheet ? 'close the page' : room.editing ? 'leave the edit' : 'back to the inbox',
      group: 'This review',
      run: room.leave,
    },
  ]);
}
