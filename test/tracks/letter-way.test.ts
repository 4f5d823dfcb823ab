import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { verify } from '../../bin/verify/verify.js';
import { startApp, type App } from '../support/app.js';
import {
  completeLetter,
  editLetter,
  letterOf,
  publishContract,
  published,
  readLetter,
  startLetter,
} from '../support/letter-client.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { decide, getRun } from '../support/sop-client.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const refused = (code: string) => expect.objectContaining({ code });

async function publicationOf(app: App, run: string) {
  const rows = await app.owner`select id, address, state, receipt_path from publication where run_id = ${run}`;
  return z
    .array(z.object({ id: z.string(), address: z.string(), state: z.string(), receipt_path: z.string() }))
    .parse([...rows]);
}

describe('with a second person', () => {
  let app: App;
  let ines: TestPerson;
  let ruth: TestPerson;
  let contract: string;
  beforeAll(async () => {
    app = await startApp();
    [ines, ruth] = [await addPerson(app, 'approver', 'Ines Aldana'), await addPerson(app, 'approver', 'Ruth Akande')];
    contract = await publishContract(ines.client, ruth.client);
  });
  afterAll(() => app.stop());

  test('whoever starts a letter cannot approve it, also with no edit of theirs; a second person can, and it lies there with its receipt', async () => {
    const run = await startLetter(ines.client, contract);
    const drafted = await letterOf(ines.client, run);
    expect(drafted.draft.facts).toMatchObject({ termEnds: '2090-03-31', lastSafe: { day: '2089-12-31' } });
    expect(drafted.run.title).toBe('Notice of non-renewal to Brightwater Cleaning Ltd');
    const ready = await completeLetter(ruth.client, drafted);
    expect(ready.versions.flatMap(({ author }) => (author ? [author.name] : []))).toEqual(['Ruth Akande']);
    // Ruth edited and so cannot approve; Ines started and so cannot either: a third person is asked for.
    const mine = await readLetter(ines.client, ready.id);
    expect(mine.mayApprove).toMatchObject({ ok: false, code: 'author_cannot_approve' });
    await expect(decide(ines.client, mine, 'approve')).rejects.toEqual(refused('author_cannot_approve'));
    await expect(decide(ruth.client, ready, 'approve')).rejects.toEqual(refused('author_cannot_approve'));

    const tobias = await addPerson(app, 'approver', 'Tobias Renner');
    const theirs = await readLetter(tobias.client, ready.id);
    expect(theirs.mayApprove).toEqual({ ok: true });
    await decide(tobias.client, theirs, 'approve');
    await published(ines.client, run);
    const [out] = await publicationOf(app, run);
    expect(out).toMatchObject({ state: 'published', address: expect.stringContaining('published/notice-letter/') });
    const file = join(app.data, out?.address ?? '');
    const page = readFileSync(file, 'utf8');
    expect(page).toContain('The agreement ends on that day and is not renewed.');
    expect(page).toContain('2 Dock Road');
    expect(await verify([file])).toBe(0);
    expect(JSON.parse(readFileSync(join(app.data, out?.receipt_path ?? ''), 'utf8'))).toMatchObject({
      ...{ track: 'notice-letter', runId: run },
      decision: { person: tobias.id, singlePerson: false },
    });
  });

  test('a letter that its starter completed is approved by the second person alone', async () => {
    const run = await startLetter(ines.client, contract, 'termination');
    const drafted = await letterOf(ines.client, run);
    const edited = await completeLetter(ines.client, drafted);
    await expect(decide(ines.client, edited, 'approve')).rejects.toEqual(refused('author_cannot_approve'));
    await decide(ruth.client, await readLetter(ruth.client, edited.id), 'approve');
    await published(ines.client, run);
  });

  test('is taken along as PDF, Word and Markdown', async () => {
    const { items } = await ines.client.ask(
      z.object({ items: z.array(z.object({ publicationId: z.string() })) }),
      'GET',
      '/api/published?track=notice-letter',
    );
    const id = items[0]?.publicationId ?? '';
    for (const [format, begins] of [
      ['pdf', '%PDF-'],
      ['docx', 'PK'],
      ['md', '**Harrow Mill Trading Ltd**'],
    ] as const) {
      const { status, body } = await ines.client.send('GET', `/api/published/${id}/export?format=${format}`);
      expect(status).toBe(200);
      expect(String(body).startsWith(begins)).toBe(true);
    }
  });

  test('an edit of what the letter stands on is refused, and a redraft keeps what a person wrote', async () => {
    const run = await startLetter(ines.client, contract);
    const drafted = await letterOf(ines.client, run);
    await expect(
      editLetter(ines.client, drafted, [{ op: 'set-facts', facts: { termEnds: '2099-01-01' } }]),
    ).rejects.toEqual(refused('invalid_request'));
    await expect(editLetter(ines.client, drafted, [{ op: 'set-vendor', vendor: 'Other' }])).rejects.toEqual(
      refused('invalid_request'),
    );
    await editLetter(ines.client, drafted, [{ op: 'set-signatory', signatory: 'R. Sutcliffe' }]);
    const edited = await readLetter(ruth.client, drafted.id);
    await decide(ruth.client, edited, 'request-changes', 'Say it shorter.');
    const again = await letterOf(ines.client, run);
    expect(again.round).toBe(2);
    expect(again.draft.signatory).toBe('R. Sutcliffe');
  });
});

describe('alone', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  test('one manager may approve a letter of their own, and the record says single-person approval', async () => {
    const mia = await addPerson(app, 'admin', 'Mia Ott');
    const contract = await publishContract(mia.client, mia.client);
    const run = await startLetter(mia.client, contract);
    const ready = await completeLetter(mia.client, await letterOf(mia.client, run));
    expect(ready.singlePerson).toBe(true);
    await decide(mia.client, ready, 'approve');
    await published(mia.client, run);
    expect((await getRun(mia.client, run)).state).toBe('published');
    const [row] = await app.owner`select single_person from decision where run_id = ${run}`;
    expect(row?.['single_person']).toBe(true);
    const [event] = await app.owner`
      select body::jsonb ->> 'singlePerson' as alone from event where stream = ${`run:${run}`} and kind = 'decided'`;
    expect(event?.['alone']).toBe('true');
  });
});
