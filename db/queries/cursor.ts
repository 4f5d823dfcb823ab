import { z } from 'zod';
import { refusal } from '../commands/refuse.js';

const placeSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where a page ended: a moment and an id, as opaque text. */
export function cursorOf(at: string, id: string): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws Refusal (invalid_request) where it is none of ours.
 */
export function placeOf(cursor: string): { at: Date; id: string } {
  try {
    const [at, id] = placeSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at: new Date(at), id };
  } catch {
    throw refusal('invalid_request', { what: 'cursor' });
  }
}

/** One page of rows read with one row too many, and the cursor of the next where there is one. */
export function page<T>(rows: T[], limit: number, place: (row: T) => string): { items: T[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: place(last) } : { items };
}
