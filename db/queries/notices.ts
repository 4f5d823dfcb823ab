import { z } from 'zod';
import type { Db } from '../connect.js';
import { cursorOf, page, placeOf } from './cursor.js';
import { optional, time } from './shapes.js';

const noticeSchema = z.object({
  id: z.uuid(),
  template: z.string(),
  runId: optional(z.uuid()),
  values: z.record(z.string(), z.unknown()),
  createdAt: time,
  readAt: optional(time),
});
export type NoticeRow = z.infer<typeof noticeSchema>;

/** A person's notices, newest first, and how many are unread. */
export async function noticesOf(
  db: Db,
  { user, cursor, limit = 50 }: { user: string; cursor?: string | undefined; limit?: number },
): Promise<{ notices: NoticeRow[]; unread: number; next?: string }> {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const rows = await db.sql`
    select id, template, run_id as "runId", "values", created_at as "createdAt", read_at as "readAt" from notice
     where user_id = ${user}
       and (${after?.at ?? null}::timestamptz is null
            or (created_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by created_at desc, id desc limit ${limit + 1}`;
  const { items, next } = page(z.array(noticeSchema).parse([...rows]), limit, (one) => cursorOf(one.createdAt, one.id));
  return { notices: items, unread: await unreadNotices(db, user), ...(next === undefined ? {} : { next }) };
}

/** How many notices a person has not read. */
export async function unreadNotices(db: Db, user: string): Promise<number> {
  const [row] = await db.sql`select count(*)::int as unread from notice where user_id = ${user} and read_at is null`;
  return z.int().parse(row?.['unread']);
}

const unmailedSchema = noticeSchema.extend({ userId: z.uuid(), name: z.string(), email: z.string() });
export type UnmailedNotice = z.infer<typeof unmailedSchema>;

/** Notices that were neither mailed nor given up, oldest first, with where to. */
export async function unmailedNotices(db: Db, limit: number): Promise<UnmailedNotice[]> {
  const rows = await db.sql`
    select n.id, n.template, n.run_id as "runId", n."values", n.created_at as "createdAt", n.read_at as "readAt",
           n.user_id as "userId", u.name, u.email
      from notice n join "user" u on u.id = n.user_id
     where n.mailed_at is null and n.mail_trouble is null order by n.created_at, n.id limit ${limit}`;
  return z.array(unmailedSchema).parse([...rows]);
}
