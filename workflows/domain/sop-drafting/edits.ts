import { z } from 'zod';
import { Refusal } from '../errors.js';
import { decisionPointSchema, exceptionSchema, sopSchema, stepSchema, type Sop } from './schema.js';

const itemId = stepSchema.shape.id;
const after = itemId.nullable().describe('The item it comes after; null puts it first.');
const stepFields = stepSchema.omit({ id: true }).partial();
const exceptionFields = exceptionSchema.omit({ id: true }).partial();
const decisionPointFields = decisionPointSchema.omit({ id: true }).partial();

/** One change a person makes to a draft SOP. New items bring their own id, so that a repeated request is the same edit. */
export const sopEditSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('set'),
    fields: sopSchema.omit({ steps: true, decisionPoints: true, exceptions: true }).partial(),
  }),
  z.strictObject({ op: z.literal('set-step'), id: itemId, fields: stepFields }),
  z.strictObject({ op: z.literal('insert-step'), after, step: stepSchema }),
  z.strictObject({ op: z.literal('move-step'), id: itemId, after }),
  z.strictObject({ op: z.literal('remove-step'), id: itemId }),
  z.strictObject({ op: z.literal('set-exception'), id: itemId, fields: exceptionFields }),
  z.strictObject({ op: z.literal('insert-exception'), after, exception: exceptionSchema }),
  z.strictObject({ op: z.literal('remove-exception'), id: itemId }),
  z.strictObject({ op: z.literal('set-decision-point'), id: itemId, fields: decisionPointFields }),
  z.strictObject({ op: z.literal('insert-decision-point'), after, decisionPoint: decisionPointSchema }),
  z.strictObject({ op: z.literal('remove-decision-point'), id: itemId }),
]);
export type SopEdit = z.infer<typeof sopEditSchema>;

type Item = { id: string };

function positionOf(items: readonly Item[], id: string): number {
  const at = items.findIndex((item) => item.id === id);
  if (at < 0)
    throw new Refusal('invalid_request', `This version has no item ${id}. Reload the page and edit again.`, { id });
  return at;
}

function insertAfter<T extends Item>(items: readonly T[], anchor: string | null, item: T): T[] {
  if (items.some((other) => other.id === item.id))
    throw new Refusal('invalid_request', `This version already has an item ${item.id}.`, { id: item.id });
  const at = anchor === null ? 0 : positionOf(items, anchor) + 1;
  return [...items.slice(0, at), item, ...items.slice(at)];
}

function change<T extends Item>(items: readonly T[], id: string, fields: Partial<Omit<T, 'id'>>): T[] {
  const at = positionOf(items, id);
  return items.map((item, index) => (index === at ? { ...item, ...fields, id: item.id } : item));
}

function without<T extends Item>(items: readonly T[], id: string): T[] {
  const at = positionOf(items, id);
  return items.filter((_, index) => index !== at);
}

function move<T extends Item>(items: readonly T[], id: string, anchor: string | null): T[] {
  if (anchor === id) throw new Refusal('invalid_request', 'A step cannot come after itself.', { id });
  const item = items[positionOf(items, id)];
  return item === undefined ? [...items] : insertAfter(without(items, id), anchor, item);
}

function applyOne(sop: Sop, edit: SopEdit): Sop {
  switch (edit.op) {
    case 'set':
      return { ...sop, ...edit.fields };
    case 'set-step':
      return { ...sop, steps: change(sop.steps, edit.id, edit.fields) };
    case 'insert-step':
      return { ...sop, steps: insertAfter(sop.steps, edit.after, edit.step) };
    case 'move-step':
      return { ...sop, steps: move(sop.steps, edit.id, edit.after) };
    case 'remove-step':
      return {
        ...sop,
        steps: without(sop.steps, edit.id),
        decisionPoints: sop.decisionPoints.map((point) =>
          point.stepId === edit.id ? { ...point, stepId: null } : point,
        ),
      };
    case 'set-exception':
      return { ...sop, exceptions: change(sop.exceptions, edit.id, edit.fields) };
    case 'insert-exception':
      return { ...sop, exceptions: insertAfter(sop.exceptions, edit.after, edit.exception) };
    case 'remove-exception':
      return { ...sop, exceptions: without(sop.exceptions, edit.id) };
    case 'set-decision-point':
      return { ...sop, decisionPoints: change(sop.decisionPoints, edit.id, edit.fields) };
    case 'insert-decision-point':
      return { ...sop, decisionPoints: insertAfter(sop.decisionPoints, edit.after, edit.decisionPoint) };
    case 'remove-decision-point':
      return {
        ...sop,
        decisionPoints: without(sop.decisionPoints, edit.id),
        exceptions: sop.exceptions.map((item) =>
          item.decisionPointId === edit.id ? { ...item, decisionPointId: null } : item,
        ),
      };
  }
}

/**
 * The SOP after a person's edits, in order.
 * @throws Refusal `invalid_request` where an edit names an item that is not there or the result is no SOP.
 */
export function applySopEdits(sop: Sop, edits: readonly SopEdit[]): Sop {
  const parsed = sopSchema.safeParse(edits.reduce(applyOne, sop));
  if (!parsed.success) throw new Refusal('invalid_request', z.prettifyError(parsed.error));
  return parsed.data;
}
