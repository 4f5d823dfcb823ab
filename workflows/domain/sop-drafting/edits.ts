import { z } from 'zod';
import { Refusal } from '../errors.js';
import { decisionPointSchema, exceptionSchema, ownSectionSchema, sopSchema, stepSchema, type Sop } from './schema.js';
import type { SopTemplate } from './template.js';

const itemId = stepSchema.shape.id;
const after = itemId.nullable().describe('The item it comes after; null puts it first.');
const stepFields = stepSchema.omit({ id: true }).partial();
// A default would fill in what the edit leaves alone.
const exceptionFields = exceptionSchema.omit({ id: true, met: true }).partial();
const decisionPointFields = decisionPointSchema.omit({ id: true }).partial();

/** One change a person makes to a draft SOP. New items bring their own id, so that a repeated request is the same edit. */
export const sopEditSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('set'),
    fields: sopSchema
      .pick({
        title: true,
        purpose: true,
        scope: true,
        owner: true,
        approver: true,
        systemsOfRecord: true,
        prerequisites: true,
      })
      .extend({ revision: sopSchema.shape.revision.unwrap() })
      .partial(),
  }),
  /** Text under a section of the team's own; empty takes it out. */
  z.strictObject({ op: z.literal('set-own-section'), ...ownSectionSchema.shape }),
  /** Puts the draft into the team's format as it is now. */
  z.strictObject({ op: z.literal('use-template'), version: z.int().min(0) }),
  /** A drafter's words for what a person wrote: taken, or left. */
  z.strictObject({ op: z.literal('take-offer'), id: itemId }),
  z.strictObject({ op: z.literal('leave-offer'), id: itemId }),
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

function setOwnSection(sop: Sop, key: string, text: string): Sop {
  const others = sop.ownSections.filter((section) => section.key !== key);
  const at = sop.ownSections.findIndex((section) => section.key === key);
  const place = at < 0 ? others.length : at;
  return {
    ...sop,
    ownSections: text === '' ? others : [...others.slice(0, place), { key, text }, ...others.slice(place)],
  };
}

function useTemplate(sop: Sop, version: number, current: SopTemplate | undefined): Sop {
  if (current?.version !== version)
    throw new Refusal('invalid_request', 'The team’s format has changed meanwhile. Reload the page and use it again.');
  return { ...sop, template: current };
}

function takeOffer(sop: Sop, id: string): Sop {
  const offer = sop.offers[positionOf(sop.offers, id)];
  const left = { ...sop, offers: without(sop.offers, id) };
  if (offer === undefined) return left;
  const { item, fields } = offer;
  if (item === null) return { ...left, ...fields };
  const put = <T extends Item>(items: readonly T[]): T[] =>
    items.map((other) => (other.id === item ? { ...other, ...fields, id: other.id } : other));
  return {
    ...left,
    steps: put(left.steps),
    exceptions: put(left.exceptions),
    decisionPoints: put(left.decisionPoints),
  };
}

function applyOne(sop: Sop, edit: SopEdit, template: SopTemplate | undefined): Sop {
  switch (edit.op) {
    case 'set':
      return { ...sop, ...edit.fields };
    case 'set-own-section':
      return setOwnSection(sop, edit.key, edit.text);
    case 'use-template':
      return useTemplate(sop, edit.version, template);
    case 'take-offer':
      return takeOffer(sop, edit.id);
    case 'leave-offer':
      return { ...sop, offers: without(sop.offers, edit.id) };
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
 * The SOP after a person's edits, in order. `template` is the team's format as it is now, for `use-template`.
 * @throws Refusal `invalid_request` where an edit names an item that is not there or the result is no SOP.
 */
export function applySopEdits(sop: Sop, edits: readonly SopEdit[], template?: SopTemplate): Sop {
  const parsed = sopSchema.safeParse(edits.reduce((before, edit) => applyOne(before, edit, template), sop));
  if (!parsed.success) throw new Refusal('invalid_request', z.prettifyError(parsed.error));
  return parsed.data;
}
