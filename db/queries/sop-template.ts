import { z } from 'zod';
import { firstTemplate, templateSchema, type SopTemplate } from '../../workflows/domain/sop-drafting/template.js';
import type { Db } from '../connect.js';
import { time } from './shapes.js';

/** The team's format for SOPs as it is now; the product's own where the team has set none. */
export async function sopTemplate(db: Db): Promise<SopTemplate> {
  const [row] = await db.sql`select version, sections from sop_template order by version desc limit 1`;
  return row === undefined ? firstTemplate : templateSchema.parse({ ...row });
}

const madeSchema = z.object({ version: z.int(), madeBy: z.object({ id: z.uuid(), name: z.string() }), madeAt: time });

/** Who made which version of the format, newest first; at most 50. */
export async function sopTemplateVersions(db: Db): Promise<z.infer<typeof madeSchema>[]> {
  const rows = await db.sql`
    select t.version, t.made_at as "madeAt", jsonb_build_object('id', u.id, 'name', u.name) as "madeBy"
      from sop_template t join "user" u on u.id = t.made_by order by t.version desc limit 50`;
  return z.array(madeSchema).parse([...rows]);
}
