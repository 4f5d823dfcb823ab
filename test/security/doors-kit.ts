import { newId } from '../../db/ids.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import type { ApiUnderTest, As } from '../api/api-under-test.js';
import { idOf } from '../api/ready-review.js';

/** All that a refused request must leave as it was: what was decided, published, drafted, confirmed, and the record. */
const kept = [
  ...['decision', 'publication', 'draft', 'subject', 'requirement', 'fulfilment', 'review', 'run', 'run_source'],
  ...['source', 'event', 'reason', 'nudge', 'member', 'target', 'setting'],
];

/** Fingerprints of those tables. */
export async function standingOf(api: ApiUnderTest): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of kept) {
    const [row] = await api.owner<{ print: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
        from ${api.owner(name)} t`;
    found[name] = row?.print ?? '';
  }
  return found;
}

/** Ids that are none, and some that would mean something elsewhere. */
export const hostileIds = [
  ...['0', 'null', 'undefined', '..%2f..%2fsettings', '%00', '*', '__proto__', 'me', "1'%20or%20'1'='1", '{id}'],
  ...['00000000-0000-0000-0000-00000000000g', `${newId()}%20`, `${newId()},${newId()}`, 'a'.repeat(4000)],
];

/** Bodies that fit no form of ours. */
export const hostileBodies: readonly unknown[] = [
  ...[null, true, 7, 'approve', [], [{}], {}, { decision: 'approve' }, { __proto__: { role: 'admin' } }],
  ...[{ state: 'published' }, { token: 'x', person: newId() }, { $where: '1' }, { 'a\u0000b': 1 }],
];

const png = Buffer.from(visitorLogSample.screenshots[0]?.base64 ?? '', 'base64');

/** A screenshot as the pages send it; its id. */
export async function givenScreenshot(api: ApiUnderTest, who: As): Promise<string> {
  const form = new FormData();
  form.append('kind', 'screenshot');
  form.append('file', new File([png], 'shot.png', { type: 'image/png' }));
  return idOf((await api.ask(who, 'POST', '/api/sources', { raw: form })).body);
}
