import { applySopEdits, type SopEdit } from '../../../workflows/domain/sop-drafting/edits.js';
import { ownText } from '../../../workflows/domain/sop-drafting/sections.js';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';

type Item = { id: string };
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields of `after` that are not as in `before`; empty where nothing changed. */
function changed<T extends Item>(before: T, after: T): Partial<Omit<T, 'id'>> {
  const { id: _before, ...was } = before;
  const { id: _after, ...is } = after;
  const kept = new Map<string, unknown>(Object.entries(was));
  const entries = Object.entries(is).filter(([key, value]) => !same(kept.get(key), value));
  // Sound: the entries come from T itself, only fewer of them.
  return Object.fromEntries(entries) as Partial<Omit<T, 'id'>>;
}

function removals(base: Sop, edited: Sop): SopEdit[] {
  const gone = <T extends Item>(was: readonly T[], is: readonly T[]) =>
    was.filter((item) => !is.some((other) => other.id === item.id)).map((item) => item.id);
  return [
    ...gone(base.steps, edited.steps).map((id): SopEdit => ({ op: 'remove-step', id })),
    ...gone(base.exceptions, edited.exceptions).map((id): SopEdit => ({ op: 'remove-exception', id })),
    ...gone(base.decisionPoints, edited.decisionPoints).map((id): SopEdit => ({ op: 'remove-decision-point', id })),
  ];
}

/** Inserts, changes and moves that turn one list into the other; nothing of `was` is missing from `is`. */
function listEdits<T extends Item>(
  was: readonly T[],
  is: readonly T[],
  make: {
    insert: (after: string | null, item: T) => SopEdit;
    set: (id: string, fields: Partial<Omit<T, 'id'>>) => SopEdit;
    move?: (id: string, after: string | null) => SopEdit;
  },
): SopEdit[] {
  const edits: SopEdit[] = [];
  let order = was.map((item) => item.id);
  let previous: string | null = null;
  for (const item of is) {
    const before = was.find((other) => other.id === item.id);
    const at: number = previous === null ? 0 : order.indexOf(previous) + 1;
    if (before === undefined) {
      edits.push(make.insert(previous, item));
      order = [...order.slice(0, at), item.id, ...order.slice(at)];
    } else {
      const fields = changed(before, item);
      if (Object.keys(fields).length > 0) edits.push(make.set(item.id, fields));
      if (make.move && order[at] !== item.id) {
        edits.push(make.move(item.id, previous));
        const rest = order.filter((id) => id !== item.id);
        const place: number = previous === null ? 0 : rest.indexOf(previous) + 1;
        order = [...rest.slice(0, place), item.id, ...rest.slice(place)];
      }
    }
    previous = item.id;
  }
  return edits;
}

function fieldEdits(base: Sop, edited: Sop): SopEdit[] {
  const { steps: _s, decisionPoints: _d, exceptions: _e, ownSections: _o, template: _t, ...is } = edited;
  const was = new Map<string, unknown>(Object.entries(base));
  const fields = Object.fromEntries(Object.entries(is).filter(([key, value]) => !same(was.get(key), value)));
  return Object.keys(fields).length === 0 ? [] : [{ op: 'set', fields }];
}

/** The format first, as it decides which sections of the team's own there are; then what stands under them. */
function sectionEdits(base: Sop, edited: Sop): SopEdit[] {
  const keys = new Set([...base.ownSections, ...edited.ownSections].map((section) => section.key));
  return [
    ...(same(base.template, edited.template)
      ? []
      : [{ op: 'use-template', version: edited.template.version } satisfies SopEdit]),
    ...[...keys].flatMap((key): SopEdit[] => {
      const text = ownText(edited, key);
      return text === ownText(base, key) ? [] : [{ op: 'set-own-section', key, text }];
    }),
  ];
}

/**
 * The edits that turn one SOP into another: what the page sends after a person has typed freely.
 * Steps may move; decision points and exceptions keep their order.
 */
export function editsBetween(base: Sop, edited: Sop): SopEdit[] {
  const gone = removals(base, edited);
  const from = gone.length === 0 ? base : applySopEdits(base, gone);
  return [
    ...sectionEdits(base, edited),
    ...fieldEdits(base, edited),
    ...gone,
    ...listEdits(from.steps, edited.steps, {
      insert: (after, step) => ({ op: 'insert-step', after, step }),
      set: (id, fields) => ({ op: 'set-step', id, fields }),
      move: (id, after) => ({ op: 'move-step', id, after }),
    }),
    ...listEdits(from.decisionPoints, edited.decisionPoints, {
      insert: (after, decisionPoint) => ({ op: 'insert-decision-point', after, decisionPoint }),
      set: (id, fields) => ({ op: 'set-decision-point', id, fields }),
    }),
    ...listEdits(from.exceptions, edited.exceptions, {
      insert: (after, exception) => ({ op: 'insert-exception', after, exception }),
      set: (id, fields) => ({ op: 'set-exception', id, fields }),
    }),
  ];
}
