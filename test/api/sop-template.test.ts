import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sopTemplate } from '../../api/contract/settings.js';
import { firstTemplate, type Section } from '../../workflows/domain/sop-drafting/template.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { codeOf, openedReview, readReview } from './ready-review.js';

let api: ApiUnderTest;
let admin: Person;
let other: Person;
let operator: Person;
beforeAll(async () => {
  api = await startApi();
  [admin, other, operator] = await Promise.all([
    api.person('admin', 'Ada'),
    api.person('admin', 'Bea'),
    api.person('operator', 'Owen'),
  ]);
});
afterAll(() => api.stop());

const read = async () => sopTemplate.parse((await api.ask(operator, 'GET', '/api/sop-template')).body);
const put = (who: Person, baseVersion: number, sections: readonly unknown[]) =>
  api.ask(who, 'POST', '/api/sop-template', { body: { baseVersion, sections } });
const own: Section = { key: 'x-0badcafe', name: 'Escalation', required: true };
const withOwn: Section[] = [...firstTemplate.sections, own];

describe('the team’s format for SOPs', () => {
  test('is the product’s own until a team sets one, then a version of theirs with who and when', async () => {
    expect(await read()).toMatchObject({ version: 0, sections: firstTemplate.sections, versions: [] });
    expect((await put(admin, 0, withOwn)).status).toBe(200);
    expect(await read()).toMatchObject({
      version: 1,
      sections: withOwn,
      versions: [{ version: 1, madeBy: { name: 'Ada' } }],
    });
  });

  test('cannot be overwritten by somebody who had not seen the newest, not even at the same moment', async () => {
    const { version } = await read();
    const answers = await Promise.all([put(admin, version, withOwn), put(other, version, withOwn)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await read()).version).toBe(version + 1);
    expect(codeOf((await put(admin, version, withOwn)).body)).toBe('edited_meanwhile');
  });

  test('is changed by an admin alone', async () => {
    expect(codeOf((await put(operator, (await read()).version, withOwn)).body)).toBe('not_permitted');
  });

  test.each<[string, unknown[]]>([
    ['without steps', withOwn.filter(({ key }) => key !== 'steps')],
    ['without the run-through', withOwn.filter(({ key }) => key !== 'run-through')],
    ['without exceptions', withOwn.filter(({ key }) => key !== 'exceptions')],
    ['with a section twice', [...withOwn, own]],
    ['with two sections of one name', [...withOwn, { ...own, key: 'x-00000001', name: 'escalation ' }]],
    ['with a nameless section', [...withOwn, { ...own, key: 'x-00000001', name: ' ' }]],
    ['with a key of nobody', [...withOwn, { ...own, key: '../../etc', name: 'Other' }]],
    ['with a long name', [...withOwn, { ...own, key: 'x-00000001', name: 'n'.repeat(81) }]],
    ['with a field of nobody', [{ ...own, colour: 'red' }]],
    ['with nothing', []],
  ])('is refused %s', async (_, sections) => {
    const before = await read();
    const answer = await put(admin, before.version, sections);
    expect(answer.status).toBe(400);
    expect(await read()).toEqual(before);
  });

  test('asks for a required section before approval once a draft uses it, and never moves a draft by itself', async () => {
    const review = await openedReview(api, operator);
    const now = await read();
    const edit = (edits: readonly unknown[], baseVersion: number) =>
      api.ask(operator, 'PATCH', `/api/runs/${review.runId}/draft`, { body: { baseVersion, edits } });
    const used = await edit([{ op: 'use-template', version: now.version }], review.draftVersion);
    expect(used.status).toBe(200);
    const asked = await readReview(api, operator, review.id);
    expect(asked.requirements.map(({ key }) => key)).toContain(`section:${own.key}`);
    const written = await edit(
      [{ op: 'set-own-section', key: own.key, text: 'Call the duty manager.' }],
      asked.draftVersion,
    );
    expect(written.status).toBe(200);
    const ready = await readReview(api, operator, review.id);
    expect(ready.requirements.map(({ key }) => key)).not.toContain(`section:${own.key}`);

    await put(admin, now.version, firstTemplate.sections);
    const after = await readReview(api, operator, review.id);
    expect(after.subjectDigest).toBe(ready.subjectDigest);
    const stale = await edit([{ op: 'use-template', version: now.version }], after.draftVersion);
    expect(codeOf(stale.body)).toBe('invalid_request');
  });
});
