import { useUrlState } from '../shared/url-state.js';

/** What the address of a review holds besides its id: which pane, which place, compared with what, being edited. */
export type RoomState = {
  view: 'text' | 'changes' | 'sources' | 'missing';
  /** True where the address says which pane; otherwise the page chooses. */
  chosen: boolean;
  /** The item in question: its source is marked, its text has the pen line. */
  at: string | undefined;
  from: number | undefined;
  /** `start`, or the item to begin editing at. */
  edit: string | undefined;
};

export type RoomMove = (
  change: Partial<Record<'view' | 'at' | 'from' | 'edit', string | undefined>>,
  how?: { step?: boolean },
) => void;

const views = ['changes', 'sources', 'missing'] as const;

/** The room's state as it stands in the address. */
export function useRoomState(): [RoomState, RoomMove] {
  const [given, move] = useUrlState();
  const from = Number(given['from']);
  return [
    {
      view: views.find((name) => name === given['view']) ?? 'text',
      chosen: given['view'] !== undefined,
      at: given['at'],
      from: Number.isInteger(from) && from > 0 ? from : undefined,
      edit: given['edit'],
    },
    move,
  ];
}
