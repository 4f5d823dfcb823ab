import type { RoomMove, RoomState } from './search.js';

/** On a phone the room is one column; these choose which part of it. */
export function Tabs(props: {
  view: RoomState['view'];
  move: RoomMove;
  changes: number;
  missing: number;
  open: boolean;
  editing: boolean;
  /** What the left pane holds, where that is not what was given. */
  sources?: string;
}) {
  const { view, move, changes, missing, open, editing, sources = 'Sources' } = props;
  const tab = (name: RoomState['view'], label: string, number = 0) => (
    <button
      aria-current={view === name ? 'page' : undefined}
      onClick={() => move({ view: name === 'text' ? undefined : name })}
    >
      {label} {number > 0 ? <b>{number}</b> : null}
    </button>
  );
  return (
    <nav className="tabs phone" aria-label="Parts of the review">
      {tab('text', editing ? 'Form' : 'Text')}
      {tab('sources', sources)}
      {editing ? null : tab('changes', 'Changes', changes)}
      {tab('missing', editing ? 'Yours' : open ? 'Missing' : 'Next', open && !editing ? missing : 0)}
    </nav>
  );
}
