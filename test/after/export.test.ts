import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedDetail } from '../../api/contract/published.js';
import { filePath } from '../../db/files.js';
import { startApi, type ApiUnderTest, type Person } from '../api/api-under-test.js';
import { approved, delivered, publishedPage, type Published } from '../api/published.js';
import { codeOf, openedReview } from '../api/ready-review.js';
import { entriesOf } from '../support/zip.js';

let api: ApiUnderTest;
let admin: Person;
let viewer: Person;
let at: Published;
beforeAll(async () => {
  api = await startApi();
  admin = await api.person('admin', 'Łucja');
  viewer = await api.person('viewer');
  at = await publishedPage(api, admin);
});
afterAll(() => api.stop());

const get = (id: string, format: string, who: Person | undefined = viewer) =>
  api.ask(who, 'GET', `/api/published/${id}/export?format=${format}`);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('the Markdown is the approved bytes themselves, by their fingerprint', async () => {
  const answer = await get(at.publication, 'md');
  expect(answer.status).toBe(200);
  expect(sha(answer.bytes)).toBe(at.review.renditions[0]?.sha256);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9-]+-v1\.md"$/);
});

test('the Word document and the PDF say what the approved page says, twice in the same bytes', async () => {
  const markdown = (await get(at.publication, 'md')).text;
  const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const docx = await get(at.publication, 'docx');
  const xml = entriesOf(Buffer.from(docx.bytes)).get('word/document.xml')?.toString() ?? '';
  const inDocx = words(xml.replaceAll(/<[^>]*>/g, ' '));
  const pdf = await get(at.publication, 'pdf');
  const again = await get(at.publication, 'pdf');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.bytes)), { mergePages: true });
  for (const word of words(markdown).filter((one) => !/^\d$/.test(one))) {
    expect(inDocx).toContain(word);
    expect(words(text)).toContain(word);
  }
  expect(text).toContain('Approved by Łucja');
  expect(sha(again.bytes)).toBe(sha((await get(at.publication, 'pdf')).bytes));
  expect(sha((await get(at.publication, 'docx')).bytes)).toBe(sha(docx.bytes));
});

test('nothing that was not published can be taken along', async () => {
  const asked = async (id: string) => {
    const codes = new Set<string | undefined>();
    for (const format of ['md', 'docx', 'pdf']) codes.add(codeOf((await get(id, format, admin)).body));
    return [...codes];
  };
  const waiting = await openedReview(api, admin);
  expect(await asked(waiting.runId)).toEqual(['not_found']);
  expect(await asked(waiting.id)).toEqual(['not_found']);
  const decision = await approved(api, admin, waiting);
  expect(await asked(decision)).toEqual(['not_found']);
  const reserved = await delivered(api, waiting.runId, decision, 'reserved');
  expect(await asked(reserved)).toEqual(['wrong_state']);
  const other = await openedReview(api, admin);
  const failed = await delivered(api, other.runId, await approved(api, admin, other), 'failed');
  expect(await asked(failed)).toEqual(['wrong_state']);
});

test('no format but the three is made, and nobody who is not signed in gets one', async () => {
  expect((await get(at.publication, 'html')).status).toBe(400);
  expect((await api.ask(undefined, 'GET', `/api/published/${at.publication}/export?format=pdf`)).status).toBe(401);
});

test('what is taken along is made of the approved bytes or not made at all', async () => {
  const one = await publishedPage(api, admin);
  const { rendition } = publishedDetail.parse((await api.ask(viewer, 'GET', `/api/published/${one.publication}`)).body);
  const path = filePath(api.data, rendition.sha256);
  const whole = Buffer.from((await get(one.publication, 'md')).bytes);
  appendFileSync(path, ' ');
  for (const format of ['md', 'docx', 'pdf'])
    expect(codeOf((await get(one.publication, format)).body)).toBe('wrong_state');
  writeFileSync(path, whole);
  expect((await get(one.publication, 'md')).status).toBe(200);
});
