import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ContractReview, Requirement } from '../../../api/contract/index.js';
import { reviewQuery } from '../../shared/queries.js';
import { isNarrow } from '../../shared/platform.js';
import { useContractActs, type Acts } from './use-acts.js';
import {
  fieldOf,
  hereOf,
  hereOfPlace,
  keyOfHere,
  pointsInTheWay,
  pointsToVisit,
  requirementAt,
  spotsOf,
  type Here,
  type Place,
  type Spot,
} from './spots.js';

/** Words that a person marked in a document. */
export type MarkedWords = {
  place: Required<Place>;
  text: string;
  /** True where the browser shows no selection, so that the page has to frame the words. */
  framed: boolean;
};

/** The reader's desk: what has the focus, what lies open, what was marked, what is being edited. */
export type Desk = {
  review: ContractReview;
  /** Open, and this person may change it. */
  mayAct: boolean;
  at: Spot | undefined;
  here: Here | undefined;
  /** Rises with every move, so that the same place can be shown twice. */
  moves: number;
  /** On a phone: whether the page lies over the points. */
  sheet: boolean;
  seen: ReadonlyMap<string, number>;
  marked: MarkedWords | undefined;
  editing: Spot | undefined;
  acts: Acts;
  focus: (spot: Spot, how?: { show?: boolean; grab?: boolean }) => void;
  show: (here: Here) => void;
  closeSheet: () => void;
  noteSeen: (key: string) => void;
  mark: (marked: MarkedWords | undefined) => void;
  edit: (spot: Spot | undefined) => void;
  confirm: (spot: Spot) => void;
  /** The proof first; with the proof open, says that the documents say nothing on this point. */
  sayAbsent: (spot: Spot) => void;
  step: (by: 1 | -1, among: 'all' | 'to-visit') => void;
  /** Goes to the first thing in the way; answers whether there is one. */
  lead: () => boolean;
};

const grab = (spot: Spot) =>
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spot)}"]`);
    row?.focus({ preventScroll: true });
    (row?.closest('[data-row]') ?? row)?.scrollIntoView({ block: 'nearest' });
  });

/** Whether the place that this requirement wants opened first was open in this window. */
export function isOpened(desk: Desk, requirement: Requirement, spot: Spot): boolean {
  const wanted = requirement.place ?? (fieldOf(spot) && absencePlace(desk.review, spot));
  return wanted === undefined || desk.seen.has(wanted);
}

function absencePlace({ draft }: ContractReview, spot: Spot): string | undefined {
  const field = fieldOf(spot);
  return field !== undefined && draft.fields[field].answer === 'absent' ? `absence:${field}` : undefined;
}

export function useDesk(review: ContractReview): Desk {
  const client = useQueryClient();
  const acts = useContractActs(review);
  const open = review.state === 'open';
  const { draft } = review;
  const [at, setAt] = useState<Spot | undefined>(() => pointsInTheWay(review)[0] ?? spotsOf(draft)[0]);
  const [here, setHere] = useState<Here | undefined>(() => (at === undefined ? undefined : hereOf(draft, at)));
  const [moves, setMoves] = useState(0);
  const [sheet, setSheet] = useState(false);
  const [seen, setSeen] = useState<ReadonlyMap<string, number>>(new Map());
  const [marked, mark] = useState<MarkedWords>();
  const [editing, edit] = useState<Spot>();

  const show = useCallback((next: Here) => {
    setHere(next);
    setMoves((count) => count + 1);
    if (isNarrow()) setSheet(true);
  }, []);
  const noteSeen = useCallback((key: string) => {
    setSeen((before) => (before.has(key) ? before : new Map(before).set(key, Date.now())));
  }, []);
  // A point that another version took away cannot keep the focus.
  const spots = useMemo(() => spotsOf(draft), [draft]);
  useEffect(() => {
    if (at !== undefined && !spots.includes(at)) setAt(spots[0]);
  }, [at, spots]);

  const focus: Desk['focus'] = (spot, how = {}) => {
    setAt(spot);
    const place = how.show === true ? hereOf(draft, spot) : undefined;
    if (place !== undefined) show(place);
    if (how.grab === true) grab(spot);
  };
  const goOn = async () => {
    const now = await client.fetchQuery({ ...reviewQuery(review.id), staleTime: 0 });
    if (now.track !== 'contract-summary') return;
    const points = pointsInTheWay(now);
    const order = spotsOf(now.draft);
    const from = at === undefined ? -1 : order.indexOf(at);
    const next = points.find((spot) => order.indexOf(spot) > from) ?? points[0];
    if (next === undefined) return;
    setAt(next);
    const place = hereOf(now.draft, next);
    if (place !== undefined && !isNarrow()) show(place);
    else setSheet(false);
    grab(next);
  };
  const desk: Desk = {
    review,
    mayAct: open && review.mayEdit.ok,
    at,
    here,
    moves,
    sheet,
    seen,
    marked,
    editing,
    acts,
    focus,
    show,
    closeSheet: () => {
      setSheet(false);
      if (at !== undefined) grab(at);
    },
    noteSeen,
    mark,
    edit: (spot) => {
      edit(spot);
      if (spot === undefined) {
        if (at !== undefined) grab(at);
      } else setAt(spot);
    },
    confirm: (spot) => {
      const requirement = requirementAt(review, spot);
      if (requirement === undefined || requirement.fulfilled || acts.busy !== undefined) return;
      if (requirement.kind === 'impossible') {
        edit(spot);
        return;
      }
      if (!isOpened(desk, requirement, spot)) {
        const wanted = requirement.place ?? absencePlace(review, spot) ?? '';
        show(hereOfPlace(draft, spot, wanted));
        return;
      }
      void acts.confirm(requirement).then((noted) => (noted ? goOn() : undefined));
    },
    sayAbsent: (spot) => {
      const field = fieldOf(spot);
      if (field === undefined || acts.busy !== undefined) return;
      const proof: Here = { is: 'absence', field };
      if (here === undefined || keyOfHere(here) !== keyOfHere(proof) || !seen.has(keyOfHere(proof))) {
        show(proof);
        return;
      }
      if (draft.fields[field].answer === 'absent') return;
      void acts.save(spot, [{ op: 'say-absent', field }]);
    },
    step: (by, among) => {
      const list = among === 'all' ? spots : pointsToVisit(review);
      const order = among === 'all' ? list : spots;
      const from = at === undefined ? -1 : order.indexOf(at);
      const next =
        among === 'all'
          ? list[from < 0 ? 0 : from + by]
          : by === 1
            ? (list.find((spot) => order.indexOf(spot) > from) ?? list[0])
            : (list.findLast((spot) => order.indexOf(spot) < from) ?? list.at(-1));
      if (next !== undefined) focus(next, { show: among === 'to-visit', grab: true });
    },
    lead: () => {
      const [first] = pointsInTheWay(review);
      if (first !== undefined) focus(first, { show: !isNarrow(), grab: true });
      return first !== undefined;
    },
  };
  return desk;
}
