import { z } from 'zod';
import { trackKeys } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';

const row = z.object({ track: z.enum(trackKeys), approved: z.string(), drafted: z.string().nullable() });
/** Stored texts of a subject's version and of the drafter's last one before it; null where no drafter wrote. */
export type KeptMaterial = z.infer<typeof row>;

/** What an approval's kept share is measured on. All of it is immutable, so an answer never goes stale. */
export async function keptMaterial(db: Db, subjectDigest: string): Promise<KeptMaterial | undefined> {
  const [found] = await db.sql`
    select r.track, d.payload as approved,
           (select x.payload from draft x where x.run_id = s.run_id and x.author_id is null and not x.alternative
               and x.version <= s.draft_version order by x.version desc limit 1) as drafted
      from subject s join run r on r.id = s.run_id
      join draft d on d.run_id = s.run_id and d.version = s.draft_version
     where s.digest = ${subjectDigest}`;
  return found === undefined ? undefined : row.parse(found);
}
