import { z } from 'zod';
import { keyScopes } from '../../workflows/domain/roles.js';
import type { Db } from '../connect.js';
import { optional, person, time } from './shapes.js';

const keySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  start: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  madeBy: person,
  createdAt: time,
  lastUsedAt: optional(time),
  expiresAt: optional(time),
  active: z.boolean(),
});
export type ApiKey = z.infer<typeof keySchema>;

function keys(db: Db, id: string | null) {
  return db.sql`
    select k.id, coalesce(k.name, 'API key') as name, coalesce(k.start, '') as start,
           coalesce(k.permissions::jsonb -> 'countersign', '[]') as scopes,
           jsonb_build_object('id', u.id, 'name', u.name) as "madeBy", k.created_at as "createdAt",
           k.last_request as "lastUsedAt", k.expires_at as "expiresAt",
           coalesce(k.enabled, true) and (k.expires_at is null or k.expires_at > now()) and coalesce(m.active, false) as active
      from apikey k join "user" u on u.id::text = k.reference_id left join member m on m.user_id = u.id
     where ${id}::uuid is null or k.id = ${id}::uuid order by k.created_at desc`;
}

/** All API keys, newest first. */
export async function apiKeys(db: Db): Promise<ApiKey[]> {
  return z.array(keySchema).parse([...(await keys(db, null))]);
}

/** One API key; `active` is false where it, or the member who made it, no longer counts. */
export async function keyById(db: Db, id: string): Promise<ApiKey | undefined> {
  const [row] = await keys(db, id);
  return row === undefined ? undefined : keySchema.parse(row);
}
