import type { RoomMove } from '../../review/search.js';

export type ContractView = 'missing' | 'sources' | 'text' | 'changes';

/** On a phone the room is one column; these choose which part of it. */
export function ContractTabs(props: {
  view: ContractView;
  move: RoomMove;
  changes: number;
  missing: number;
  open: boolean;
}) {
  const { view, move, changes, missing, open } = props;
  const tab = (name: ContractView, label: string, number = 0) => (
    <button aria-current={view === name ? 'page' : undefined} onClick={() => move({ view: name })}>
      {label} {number > 0 ? <b>{number}</b> : null}
    </button>
  );
  return (
    <nav className="tabs phone" aria-label="Parts of the review">
      {tab('missing', open ? 'Points' : 'Outcome', open ? missing : 0)}
      {tab('sources', 'Document')}
      {tab('text', 'One-pager')}
      {tab('changes', 'Changes', changes)}
    </nav>
  );
}
