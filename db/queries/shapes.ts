import { z } from 'zod';
import type { Db } from '../connect.js';

/** A moment as the API writes it: RFC 3339 in UTC with milliseconds. */
export const time = z.date().transform((at) => at.toISOString());

/** SQL's null as absence. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

export const person = z.object({ id: z.uuid(), name: z.string() });
export type Person = z.infer<typeof person>;

/** Who did something: a person, an API key by its name, or the product itself. */
export const doer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: z.uuid(), name: z.string() }),
  z.object({ kind: z.literal('key'), id: z.uuid(), name: z.string() }),
  z.object({ kind: z.literal('product'), name: z.string() }),
]);
export type Doer = z.infer<typeof doer>;

/** `{id, name}` of the user in the given column, or null. */
export function personSql(db: Db, column: string) {
  return db.sql`(select jsonb_build_object('id', pu.id, 'name', pu.name) from "user" pu where pu.id = ${db.sql(column)})`;
}

/** The doer behind a pair of columns: a person's id, a key's id. */
export function doerSql(db: Db, personColumn: string, keyColumn: string) {
  return db.sql`coalesce(
    (select jsonb_build_object('kind', 'person', 'id', pu.id, 'name', pu.name) from "user" pu where pu.id = ${db.sql(personColumn)}),
    (select jsonb_build_object('kind', 'key', 'id', pk.id, 'name', coalesce(pk.name, 'API key')) from apikey pk
      where pk.id = ${db.sql(keyColumn)}),
    case when ${db.sql(keyColumn)} is not null
      then jsonb_build_object('kind', 'key', 'id', ${db.sql(keyColumn)}, 'name', 'Removed API key') end,
    jsonb_build_object('kind', 'product', 'name', 'Countersign'))`;
}

/** The end of a LIKE pattern from a person's words: nothing in them is a wildcard. */
export function containing(words: string): string {
  return `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
