import type postgres from 'postgres';
import type { Db } from '../connect.js';

/** What can be stored as jsonb. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A jsonb parameter. The cast only drops `readonly` and `undefined`, which JSON.stringify leaves out. */
export function json(db: Db, value: Json | undefined): postgres.Parameter | null {
  return value === undefined || value === null ? null : db.sql.json(value as postgres.JSONValue);
}
