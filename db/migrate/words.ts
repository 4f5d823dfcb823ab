import type postgres from 'postgres';
import { defaultPolicy } from '../../workflows/domain/policy.js';
import { trackKeys, tracks } from '../../workflows/domain/tracks.js';
import { eventVerbs } from '../../workflows/domain/verbs.js';
import { newId } from '../ids.js';

/** Fills the small tables that the functions look things up in, from the domain, and the first target of each track. */
export async function fillWords(sql: postgres.Sql): Promise<void> {
  const kinds = Object.entries(eventVerbs).map(([kind, verb]) => ({ kind, verb }));
  await sql`insert into event_kind ${sql(kinds)} on conflict (kind) do update set verb = excluded.verb`;
  for (const track of trackKeys) {
    const rule: {
      mandatoryRequirement?: string;
      needsSourceKind?: string;
      starterIsAuthor?: boolean;
    } = tracks[track];
    await sql`
      insert into track_rule (track, mandatory_requirement, needs_source_kind, default_policy, starter_is_author)
      values (${track}, ${rule.mandatoryRequirement ?? null}, ${rule.needsSourceKind ?? null}, ${sql.json(defaultPolicy)},
              ${rule.starterIsAuthor ?? false})
      on conflict (track) do update set mandatory_requirement = excluded.mandatory_requirement,
        needs_source_kind = excluded.needs_source_kind, default_policy = excluded.default_policy,
        starter_is_author = excluded.starter_is_author`;
    await sql`
      insert into target (id, kind, name, address, track, changed_at)
      select ${newId()}, 'folder', ${tracks[track].folder}, 'published', ${track}, now()
       where not exists (select from target where track = ${track})`;
  }
}
