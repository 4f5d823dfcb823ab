import { z } from 'zod';
import { runStates } from '../../workflows/domain/states.js';
import { trackKeys } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { containing, optional, time } from './shapes.js';

const hitSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    id: z.uuid(),
    reviewId: optional(z.uuid()),
    title: z.string(),
    track: z.enum(trackKeys),
    state: z.enum(runStates),
  }),
  z.object({
    kind: z.literal('published'),
    id: z.uuid(),
    runId: z.uuid(),
    title: z.string(),
    track: z.enum(trackKeys),
    publishedAt: time,
    superseded: z.boolean(),
  }),
  z.object({ kind: z.literal('person'), id: z.uuid(), title: z.string() }),
]);
export type SearchHit = z.infer<typeof hitSchema>;

/** Runs by title, published pages by title, people by name: a few of each. */
export async function search(db: Db, words: string): Promise<SearchHit[]> {
  const like = containing(words);
  const [runs, published, people] = await Promise.all([
    db.sql`
      select 'run' as kind, r.id, r.title, r.track, r.state,
             (select v.id from review v where v.run_id = r.id and v.state = 'open') as "reviewId"
        from run r where r.title ilike ${like} order by r.created_at desc limit 10`,
    db.sql`
      select 'published' as kind, p.id, p.run_id as "runId", r.title, r.track, p.settled_at as "publishedAt",
             exists (select from publication np join subject ns on ns.digest = np.subject_digest join subject s on s.digest = p.subject_digest
                      where np.run_id = p.run_id and np.state = 'published' and ns.draft_version > s.draft_version) as superseded
        from publication p join run r on r.id = p.run_id
       where p.state = 'published' and r.title ilike ${like} order by p.settled_at desc limit 10`,
    db.sql`
      select 'person' as kind, u.id, u.name as title from "user" u join member m on m.user_id = u.id
       where u.name ilike ${like} order by u.name limit 5`,
  ]);
  return z.array(hitSchema).parse([...runs, ...published, ...people]);
}
