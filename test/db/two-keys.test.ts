import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markScreened, putDraft, putDrafterDraft, putSubject } from '../../db/commands/drafts.js';
import { fulfil, openReview, servePage } from '../../db/commands/reviews.js';
import { addSource, eraseSource, putRecognised } from '../../db/commands/sources.js';
import { startRun } from '../../db/commands/start-run.js';
import type { Db } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import { canonicalJson, sha256Hex } from '../../workflows/domain/canonical.js';
import type { ReadDocument } from '../../workflows/domain/document.js';
import { manifestSchema, manifestText, type Requirement } from '../../workflows/domain/manifest.js';
import { mergeRecognised } from '../../activities/readers/recognised.js';
import { confirm, due, manifest, member, openKit, refused, type Kit, type Somebody } from './kit.js';

const page = { width: 595, height: 842, words: 'text' as const };
/** Three pages: words, a picture, and words with a letter that counts as two. */
const scanned: ReadDocument = {
  format: 'pdf',
  text: 'One 𝒂\f\fThree',
  pages: [
    { ...page, from: 0, to: 6, runs: [0, 3, 1, 2, 3, 4, 4, 6, 9, 2, 3, 4] },
    { ...page, from: 7, to: 7, runs: [], words: 'image' },
    { ...page, from: 8, to: 13, runs: [8, 13, 1, 2, 3, 4] },
  ],
  hidden: [{ page: 1, how: 'tiny', text: 'hidden' }],
  hiddenMore: 0,
  warnings: [],
};
const recognised = mergeRecognised(scanned, [
  { page: 2, width: 595, height: 842, text: 'Renews 𝒃 yearly', runs: [0, 6, 1, 1, 1, 1] },
]);

let kit: Kit;
let operator: Somebody;
let admin: Somebody;
beforeAll(async () => {
  kit = await openKit();
  operator = await member(kit, 'operator');
  admin = await member(kit, 'admin');
});
afterAll(() => kit.close());

async function given(document: ReadDocument = scanned): Promise<string> {
  const id = newId();
  const facts = { id, kind: 'document', name: 'c.pdf', mediaType: 'application/pdf', sha256: sha256Hex(id), bytes: 10 };
  const reading = { kind: 'document', document } as const;
  await addSource(kit.api, { actor: { token: operator.token }, source: { ...facts, reading } });
  return id;
}

async function drafting(source: string): Promise<string> {
  const id = newId();
  await startRun(kit.api, {
    actor: { token: operator.token },
    run: { id, track: 'contract-summary', title: 'Cleaning', slug: `cleaning-${id}` },
    sourceIds: [source],
    idempotencyKey: newId(),
    bodySha256: sha256Hex(id),
  });
  await markScreened(kit.worker, { run: id, kept: null });
  return id;
}

const served = (field: string, place: string): Requirement => ({
  ...confirm(`two-keys:${field}`, field),
  kind: 'served',
  place,
});
const rightly = (source: string): Requirement[] => [
  served('renewalDate', `${source}:1`),
  served('noticeWindow', 'absence:noticeWindow'),
];
function contractManifest(run: string, version: number, requirements: Requirement[]): string {
  const made = manifestSchema.parse(JSON.parse(manifest(kit, run, { version, requirements })));
  return manifestText({ ...made, track: 'contract-summary' });
}
const drafter = { drafter: 'claude' };

describe('a subject of a contract', () => {
  it('asks for both keys, each a page of this run or the proof of its own absence, or it is not stored by anybody', async () => {
    const [source, foreign] = [await given(), await given()];
    await drafting(foreign);
    const run = await drafting(source);
    const [date = confirm('', ''), window = confirm('', '')] = rightly(source);
    const forged: Record<string, Requirement[]> = {
      'nothing asked': [],
      'no renewal date': [window],
      'no notice window': [date],
      'a date to click': [{ ...confirm(date.key, 'renewalDate') }, window],
      'a window to click': [date, { ...confirm(window.key, 'noticeWindow') }],
      'a key that only begins alike': [{ ...date, key: `${date.key}s` }, window],
      'a run-through in its place': [{ ...confirm(date.key, 'renewalDate'), kind: 'run-through' }, window],
      'a page of another run': [{ ...date, place: `${foreign}:1` }, window],
      'the absence of another point': [{ ...date, place: 'absence:noticeWindow' }, window],
      'a place that is none': [{ ...date, place: 'anywhere' }, window],
    };
    const byWorker = (text: string) =>
      putDrafterDraft(kit.worker, { run, round: 1, payload: '{}', manifest: text, drafter });
    for (const [what, requirements] of Object.entries(forged))
      expect(await refused(byWorker(contractManifest(run, 1, requirements))), what).toBe('invalid_request');
    const noPlace = contractManifest(run, 1, [date, window]).replace(`,"place":"${source}:1"`, '');
    expect(noPlace).not.toContain(`${source}:1`);
    expect(await refused(byWorker(noPlace))).toBe('invalid_request');
    await byWorker(contractManifest(run, 1, [date, window]));
    for (const [what, requirements] of Object.entries(forged)) {
      const again = putSubject(kit.worker, { run, manifest: contractManifest(run, 1, requirements) });
      expect(await refused(again), what).toBe('invalid_request');
      const text = contractManifest(run, 2, requirements);
      const byHand = putDraft(kit.api, {
        token: operator.token,
        run,
        baseVersion: 1,
        payload: '{"a":1}',
        manifest: text,
      });
      expect(await refused(byHand), what).toBe('invalid_request');
    }
    const versions = await kit.owner`select 1 from draft where run_id = ${run}`;
    expect(versions).toHaveLength(1);
  });

  it('is served and confirmed by the api’s role alone, and its pictures are read by the worker’s alone', async () => {
    const source = await given();
    const run = await drafting(source);
    const text = contractManifest(run, 1, rightly(source));
    await putDrafterDraft(kit.worker, { run, round: 1, payload: '{}', manifest: text, drafter });
    const { reviewId: review } = await openReview(kit.worker, { run, round: 1, reviewId: newId(), ...due() });
    const view = { token: operator.token, review, place: `${source}:1`, viewDigest: sha256Hex('view') };
    const { key, valueDigest } = served('renewalDate', view.place);
    const act = { token: operator.token, review, key, valueDigest, viewDigest: view.viewDigest };
    const denied = /permission denied/;
    await expect(servePage(kit.worker, view)).rejects.toThrow(denied);
    await servePage(kit.api, view);
    await expect(fulfil(kit.worker, act)).rejects.toThrow(denied);
    const reading = { kind: 'document', document: recognised } as const;
    await expect(putRecognised(kit.api, { source, reading })).rejects.toThrow(denied);
    const write = (db: Db) =>
      db.sql`insert into page_served (token_digest, review_id, session_id, person, place, at)
        select ${sha256Hex('own')}, ${review}, s.session_id, s.person, s.place, now() from page_served s`;
    for (const db of [kit.api, kit.worker]) {
      await expect(write(db)).rejects.toThrow(denied);
      await expect(db.sql`update page_served set place = 'absence:renewalDate'`).rejects.toThrow(denied);
      await expect(db.sql`update source set reading = null where id = ${source}`).rejects.toThrow(denied);
    }
    expect(await fulfil(kit.api, act)).toEqual({ key, fulfilled: true });
  });

  it('is served with pages of the run’s own documents that were not erased, and with nothing else', async () => {
    const [source, foreign] = [await given(), await given()];
    await drafting(foreign);
    const run = await drafting(source);
    const text = contractManifest(run, 1, rightly(source));
    await putDrafterDraft(kit.worker, { run, round: 1, payload: '{}', manifest: text, drafter });
    const { reviewId: review } = await openReview(kit.worker, { run, round: 1, reviewId: newId(), ...due() });
    const serve = (place: string, token = operator.token, at = review) =>
      servePage(kit.api, { token, review: at, place, viewDigest: sha256Hex(newId()) });
    expect(await refused(serve(`${foreign}:1`))).toBe('not_found');
    expect(await refused(serve(`${source}:1`, operator.token, newId()))).toBe('not_found');
    expect(await refused(serve(`${source}:1`, 'nobody'))).toBe('not_signed_in');
    for (const place of [
      '',
      source,
      `${source}:`,
      `${source}:1:2`,
      'absence:',
      `absence:${'x'.repeat(41)}`,
      `${source}:1'--`,
    ])
      expect(await refused(serve(place)), place).toBe('invalid_request');
    await serve(`${source}:1`);
    await eraseSource(kit.api, { token: admin.token, id: source, reason: 'Asked to.' });
    expect(await refused(serve(`${source}:1`))).toBe('not_found');
  });
});

describe('recognising pictures of pages', () => {
  const put = (source: string, document: ReadDocument) =>
    putRecognised(kit.worker, { source, reading: { kind: 'document', document } });
  const changed = (at: number, more: object, text = recognised.text): ReadDocument => ({
    ...recognised,
    text,
    pages: recognised.pages.map((one, n) => (n === at ? { ...one, ...more } : one)),
  });

  it('changes no word, place or hidden text of a page that has words of its own', async () => {
    const source = await given();
    const forged: Record<string, ReadDocument> = {
      'other words': changed(0, {}, recognised.text.replace('One', 'Two')),
      'other words on a later page': changed(0, {}, recognised.text.replace('Three', 'There')),
      'words recognised where there were some': changed(0, { words: 'recognised' }),
      'a picture called text': changed(1, { words: 'text' }),
      'another place of words': changed(2, {
        runs: recognised.pages[2]?.runs.map((one, n) => (n === 3 ? one + 9 : one)),
      }),
      'other offsets of words': changed(2, {
        runs: recognised.pages[2]?.runs.map((one, n) => (n === 1 ? one - 1 : one)),
      }),
      'another size': changed(0, { width: 1 }),
      'a page that begins elsewhere': changed(2, { from: 9 }),
      'a page that ends elsewhere': changed(1, { to: (recognised.pages[1]?.to ?? 0) + 3 }),
      'one page fewer': { ...recognised, pages: recognised.pages.slice(0, 2) },
      'another page break': changed(0, {}, recognised.text.replace('yearly', '\fearly')),
      'nothing hidden any more': { ...recognised, hidden: [] },
      'another format': { ...recognised, format: 'docx' },
    };
    for (const [what, document] of Object.entries(forged)) {
      expect(await refused(put(source, document)), what).toBe('invalid_request');
      const [row] =
        await kit.owner`select reading -> 'document' = ${kit.owner.json(scanned)}::jsonb as same from source where id = ${source}`;
      expect(row?.['same'], what).toBe(true);
    }
    await put(source, recognised);
    const [row] = await kit.owner`select reading -> 'document' ->> 'text' as text from source where id = ${source}`;
    expect(row?.['text']).toBe('One 𝒂\fRenews 𝒃 yearly\fThree');
    // Once: another reading changes nothing any more.
    await put(source, mergeRecognised(scanned, [{ page: 2, width: 1, height: 1, text: 'Never', runs: [] }]));
    const [still] = await kit.owner`select reading -> 'document' ->> 'text' as text from source where id = ${source}`;
    expect(still).toEqual(row);
  });

  it('takes long documents without a wait that anybody notices', async () => {
    const words = 'Each party shall keep the other’s papers. '.repeat(60);
    const runs = Array.from({ length: 3_000 }, (_, n) => n);
    const long: ReadDocument = {
      ...scanned,
      text: ['', ...Array.from({ length: 120 }, () => words)].join('\f'),
      pages: [
        { ...page, from: 0, to: 0, runs: [], words: 'image' },
        ...Array.from({ length: 120 }, (_, n) => {
          const from = 1 + n * (words.length + 1);
          return {
            ...page,
            from,
            to: from + words.length,
            runs: runs.map((one, at) => (at % 6 < 2 ? one + from : one)),
          };
        }),
      ],
    };
    const source = await given(long);
    const began = performance.now();
    await put(source, mergeRecognised(long, [{ page: 1, width: 595, height: 842, text: 'Read', runs: [] }]));
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is over once a draft stands', async () => {
    const source = await given();
    const run = await drafting(source);
    const text = contractManifest(run, 1, rightly(source));
    await putDrafterDraft(kit.worker, { run, round: 1, payload: canonicalJson({}), manifest: text, drafter });
    expect(await refused(put(source, recognised))).toBe('wrong_state');
    await eraseSource(kit.api, { token: admin.token, id: source, reason: 'Asked to.' });
    expect(await refused(put(source, recognised))).toBe('not_found');
  });
});
