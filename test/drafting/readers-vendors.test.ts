import fc from 'fast-check';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../activities/readers/transcript.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { transcriptSchema } from '../../workflows/domain/transcript.js';

const read = (text: string, name = 'w.json') => readTranscript(Buffer.from(text), name);
const fixture = async (name: string) => readTranscript(await readFile(`test/fixtures/transcripts/${name}`), name);

const words = [
  'Open the Vendors page in NetSuite and click New Vendor.',
  'Type the legal name from the W-9.',
  'What if the W-9 is missing?',
  'If the W-9 is missing, ask the requester for it and stop.',
];
const owen = 'Owen Tran';
const both = [owen, owen, 'Maya Lee', owen];
const nobody = [null, null, null, null];
const exact = [3190, 9400, 13_100, 15_600];
const wholeSeconds = [3000, 9000, 13_000, 15_000];
const fromTheFirst = [0, 6210, 9910, 12_410];

describe('a transcript as the tool exports it is read with its speakers and times', () => {
  it.each([
    ['fireflies-api.json', 'json', both, exact],
    ['fireflies-download.json', 'json', both, wholeSeconds],
    ['otter.json', 'json', both, exact],
    ['otter.txt', 'text', both, wholeSeconds],
    ['teams.json', 'json', both, exact],
    ['teams.vtt', 'vtt', both, exact],
    ['teams-metadata.vtt', 'vtt', both, exact],
    ['zoom.vtt', 'vtt', both, exact],
    ['zoom.json', 'json', both, fromTheFirst],
    ['meet.txt', 'text', both, [0, 0, 0, 300_000]],
    ['meet-api.json', 'json', both, fromTheFirst],
    ['loom.srt', 'srt', nobody, exact],
    ['loom.vtt', 'vtt', ['Speaker 1', 'Speaker 1', 'Speaker 1', 'Speaker 1'], exact],
    ['loom.txt', 'text', nobody, wholeSeconds],
    ['generic-milliseconds.json', 'json', both, exact],
    ['generic-segments.json', 'json', nobody, exact],
  ])('%s', async (name, format, speakers, times) => {
    const transcript = await fixture(name);
    expect(transcriptSchema.safeParse(transcript).success).toBe(true);
    expect(transcript.format).toBe(format);
    expect(transcript.cues.map((cue) => cue.text)).toEqual(words);
    expect(transcript.cues.map((cue) => cue.speaker)).toEqual(speakers);
    expect(transcript.cues.map((cue) => cue.startMs)).toEqual(times);
  });

  it('every one that is among the fixtures is tried', () => {
    expect(readdirSync('test/fixtures/transcripts')).toHaveLength(16);
  });

  it('whatever the name of the file says', async () => {
    const text = await readFile('test/fixtures/transcripts/fireflies-api.json');
    expect((await readTranscript(text, 'transcript.txt')).format).toBe('json');
    expect((await read('[00:12] Owen Tran: click Save', 'w.txt')).format).toBe('text');
  });
});

describe('JSON from elsewhere', () => {
  const startsOf = async (value: unknown) => (await read(JSON.stringify(value))).cues.map((cue) => cue.startMs);
  it('has its unit told by how fast people can speak', async () => {
    const spoken = (start: number, end: number) => ({ text: 'open the file and click save now', start, end });
    expect(await startsOf([spoken(2, 5), spoken(9, 12)])).toEqual([2000, 9000]);
    expect(await startsOf([spoken(2000, 5000), spoken(9000, 12_000)])).toEqual([2000, 9000]);
    expect(await startsOf([spoken(0.5, 3), spoken(600, 604)])).toEqual([500, 600_000]);
    expect(await startsOf([{ text: 'hello there', start_ms: 64_000 }])).toEqual([64_000]);
    expect(await startsOf([{ text: 'hello there', offset: '00:01:04' }])).toEqual([64_000]);
    expect(await startsOf([{ text: 'hello there', start: 'PT1M4.5S' }])).toEqual([64_500]);
  });

  it('keeps what can be read and says what could not', async () => {
    const { cues, warnings } = await read(
      '[{"text":"one","start":-1},{"text":"two","start":1e999},7,null,{"text":[1]},{"name":9,"text":"three","start":{"a":1}},{"text":"four","start":"99999999999999s"}]',
    );
    expect(cues.map(({ text, startMs, speaker }) => [text, startMs, speaker])).toEqual([
      ['one', null, null],
      ['two', null, null],
      ['three', null, 'Speaker 9'],
      ['four', null, null],
    ]);
    expect(warnings.join(' ')).toMatch(/hold no text.*3|times that cannot be read/);
  });
});

describe('hostile JSON is refused with what is wrong', () => {
  it.each([
    ['{"segments": []}', 'holds no list of what was said (it holds: segments)'],
    ['[]', 'no list'],
    ['null', 'no list'],
    ['"hello"', 'no list'],
    ['[1, "two", [3]]', 'no list'],
    ['{"__proto__": [{"txt": "x"}], "text": "hello"}', 'no list'],
    ['[{"text": "a",\n"start": NaN}]', 'not valid JSON'],
    ['[{"text": "a"},\n{"text": "b"', 'Line 2 is not valid JSON: the file ends too early'],
    ['hello there', 'not valid JSON'],
    ['[{"text": "\\u0000\\u202e"}]', 'Nothing is said'],
  ])('%s', async (text, reason) => {
    const refused: unknown = await read(text).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ code: 'unreadable_source', message: expect.stringContaining(reason) });
  });

  const item = '{"text":"click Save","start":1,"speaker":"Owen Tran"}';
  it.each([
    ['two hundred thousand items', `[${`${item},`.repeat(200_000)}${item}]`, '20,000 lines'],
    ['deep lists', '['.repeat(4_000_000) + ']'.repeat(4_000_000), 'levels deep'],
    ['deep objects', `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`, 'levels deep'],
    ['lists that never end', '['.repeat(8_000_000), 'levels deep'],
    ['many lists without text', `[${'[[],[]],'.repeat(500_000)}0]`, 'no list'],
    ['many keys', `{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":{}`).join(',')}}`, 'no list'],
    ['numbers', `[${'1e308,'.repeat(1_000_000)}1]`, 'no list'],
  ])('without taking long: %s', async (_, text, reason) => {
    const began = performance.now();
    await expect(read(text)).rejects.toMatchObject({ message: expect.stringContaining(reason) });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('or read: no value in any place crashes the reader', async () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('0:12', 'PT', '1e9', '2026-13-45T99:99', 1e308, -0, 0.1, 1.7e12, 1.7e9),
    );
    const thing = fc.record(
      { text: fc.oneof(fc.string(), value), start: value, end: value, start_offset: value, speaker: value },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(thing, { maxLength: 8 }), value, fc.boolean(), async (things, speakers, wrapped) => {
        const text = JSON.stringify(wrapped ? { speakers, sentences: things } : things);
        const outcome: unknown = await read(text).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Refusal);
        else expect(transcriptSchema.safeParse(outcome).success).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('captions found in the wild', () => {
  const folder = '/work/shared/data/hostile/files';
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.vtt')) : [];
  it('are read, or refused in words', async () => {
    for (const name of found) {
      const outcome: unknown = await readTranscript(await readFile(`${folder}/${name}`), name).catch(
        (error: unknown) => error,
      );
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Refusal);
      else expect(transcriptSchema.safeParse(outcome).success).toBe(true);
    }
  });
});
