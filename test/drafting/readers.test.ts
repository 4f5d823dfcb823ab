import fc from 'fast-check';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImage } from '../../activities/readers/image.js';
import { readInChild, type ReadLimits } from '../../activities/readers/read.js';
import { readTranscript } from '../../activities/readers/transcript.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import type { SourceKind } from '../../workflows/domain/sources.js';
import { transcriptSchema } from '../../workflows/domain/transcript.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readers-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = (text: string | Uint8Array, name = 'w.txt') =>
  readTranscript(typeof text === 'string' ? Buffer.from(text) : text, name);
const said = async (text: string | Uint8Array, name?: string) =>
  (await read(text, name)).cues.map(({ startMs, speaker, text: words }) => [startMs, speaker, words]);

async function inChild(bytes: string | Uint8Array, kind: SourceKind, name = 'file', limits: ReadLimits = {}) {
  const path = join(folder, `${Math.random()}`);
  await writeFile(path, bytes);
  return readInChild({ path, kind, name }, limits);
}

describe('a transcript is read', () => {
  it('from WebVTT with voices, identifiers, settings, notes and entities', async () => {
    const vtt =
      'WEBVTT - x\nKind: captions\n\nNOTE a\nb\n\nSTYLE\n::cue{}\n\nid-1\n00:01.000 --> 00:02.500 align:start\n<v.loud Owen Tran>Click <b>Save</b> &amp; wait</v>\n\n01:00:00.000 --> 01:00:01.000\nMaya: then <00:01.500>go\n- on\n';
    expect(await said(vtt)).toEqual([
      [1000, 'Owen Tran', 'Click Save & wait'],
      [3_600_000, 'Maya', 'then go on'],
    ]);
  });

  it('from SubRip, with Windows line ends and without blank lines between blocks', async () => {
    const srt = '1\r\n00:00:01,000 --> 00:00:02,000\r\nOwen: one\r\n2\r\n00:00:03,500 --> 00:00:04,000\r\ntwo\r\n';
    expect(await said(srt, 'w.srt')).toEqual([
      [1000, 'Owen', 'one'],
      [3500, null, 'two'],
    ]);
  });

  it('from plain text in the usual ways of naming speakers and times', async () => {
    expect(await said('[00:03:28] Owen: so here\n00:04:04 Owen Tran: and then\n(4:30) done')).toEqual([
      [208_000, 'Owen', 'so here'],
      [244_000, 'Owen Tran', 'and then'],
      [270_000, null, 'done'],
    ]);
    expect(await said('Owen Tran  0:12\nso here\nand there\n\nMaya O’Neil 1:02:03\nthen')).toEqual([
      [12_000, 'Owen Tran', 'so here'],
      [12_000, 'Owen Tran', 'and there'],
      [3_723_000, 'Maya O’Neil', 'then'],
    ]);
    expect(await said('Owen: hi\nMaya: hello\nOwen: so\nAmount: 40\nNote: careful')).toEqual([
      [null, 'Owen', 'hi'],
      // One word before a colon that never comes again may be no name.
      [null, 'Owen', 'Maya: hello'],
      [null, 'Owen', 'so'],
      [null, 'Owen', 'Amount: 40'],
      [null, 'Owen', 'Note: careful'],
    ]);
    expect(await said('First we open it.\n\nThen we close it at 10:30 sharp.')).toEqual([
      [null, null, 'First we open it.'],
      [null, null, 'Then we close it at 10:30 sharp.'],
    ]);
  });

  it('in the encodings that tools write, and says so where it had to guess', async () => {
    const words = [[null, null, 'café “open”']];
    expect(await said(Buffer.from('\ufeffcafé “open”'))).toEqual(words);
    expect(await said(Buffer.from('\ufeffcafé “open”', 'utf16le'))).toEqual(words);
    expect(await said(Buffer.from('\ufeffcafé “open”', 'utf16le').swap16())).toEqual(words);
    const old = await read(Buffer.from('line\ncaf\xe9 \x93open\x94', 'latin1'));
    expect(old.cues[1]?.text).toBe('café “open”');
    expect(old.warnings[0]).toMatch(/not UTF-8.*At line 2/);
  });

  it('without what nobody can see, which is counted with its line', async () => {
    const { cues, warnings } = await read('one\ncl\u202eick \u{e0041}\u{e0042}here\u200b\u0007');
    expect(cues[1]?.text).toBe('click here');
    expect(warnings.join(' ')).toMatch(/direction of text.*At line 2.*tag characters.*First at line 2, 2 in all/);
  });

  it('with long turns cut at sentences, every word kept', async () => {
    const text = Array.from({ length: 500 }, (_, n) => `This is sentence ${n} of a very long turn.`).join(' ');
    const { cues } = await read(text);
    expect(cues.map((cue) => cue.text).join(' ')).toBe(text);
    expect(Math.max(...cues.map((cue) => cue.text.length))).toBeLessThanOrEqual(1000);
    expect(cues.every((cue) => cue.text.endsWith('.'))).toBe(true);
  });
});

describe('a file that is no transcript is refused with what is wrong and where', () => {
  it.each([
    ['', 'w.txt', undefined, 'empty'],
    ['WEBVTT\n\nNOTE nothing\n', 'w.vtt', undefined, 'Nothing is said'],
    ['WEBVTT\n\n1\n00:61:00 --> soon\nhello\n', 'w.vtt', 4, '00:61:00 --> soon'],
    ['hello there', 'w.vtt', 1, 'WEBVTT'],
    ['\n\nhello there', 'w.srt', 3, 'number'],
    ['ab\ncd\0ef', 'w.txt', 2, 'zero bytes'],
    ['{\\rtf1 hello}', 'w.txt', 1, 'RTF'],
    ['<!DOCTYPE html><p>hi', 'w.vtt', 1, 'web page'],
    ['{"segments": []}', 'w.json', undefined, 'JSON'],
    ['%PDF-1.7\n%aaaa', 'w.txt', undefined, 'PDF'],
  ])('%j', async (text, name, line, words) => {
    const refused: unknown = await read(text, name).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ code: 'unreadable_source', message: expect.stringContaining(words) });
    if (line !== undefined)
      expect(refused).toMatchObject({ details: { line }, message: expect.stringContaining(`ine ${line}`) });
  });

  it('a block with a bad time in a good file is left out and noted with its line', async () => {
    const { cues, warnings } = await read('WEBVTT\n\n00:01.000 --> 00:02.000\ngood\n\n00:0x.000 --> 00:03.000\nbad\n');
    expect(cues.map((cue) => cue.text)).toEqual(['good']);
    expect(warnings).toEqual(['Left out what stands under a time that cannot be read. At line 6.']);
  });
});

describe('no text', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      'WEBVTT',
      '00:01.000 --> 00:02.000',
      '-->',
      '1',
      'Owen: ',
      '[00:01] ',
      '<v Owen>',
      'Owen Tran 0:12',
      '&amp;',
      '\ud800',
    ),
  );

  it('crashes a reader: any bytes give a valid transcript or a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom('a.vtt', 'a.srt', 'a.txt'),
        async (lines, name) => {
          const outcome: unknown = await read(lines.join('\n'), name).catch((error: unknown) => error);
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Refusal);
          else expect(transcriptSchema.safeParse(outcome).success).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const outcome: unknown = await read(bytes).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Refusal);
      }),
      { numRuns: 1500 },
    );
  });

  const mebibyte = 1024 * 1024;
  it.each([
    ['one line of words', 'word '.repeat(2 * mebibyte)],
    ['one word', 'A'.repeat(10 * mebibyte)],
    ['names without end', 'Aa '.repeat(3 * mebibyte)],
    ['times without end', '0:12 '.repeat(2 * mebibyte)],
    ['open tags', `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<v '.repeat(3 * mebibyte)}`],
    ['arrows', `1\n${'00:00:01,000 --> 00:00:02,000\n'.repeat(300_000)}`],
    ['empty lines', '\n'.repeat(10 * mebibyte)],
    ['brackets', '['.repeat(10 * mebibyte)],
    ['spaces', `a${' '.repeat(10 * mebibyte - 2)}b`],
    ['tag characters', '\u{e0041}'.repeat(2.5 * mebibyte)],
  ])(
    'of 10 MB takes long to read: %s',
    async (_, text) => {
      const began = performance.now();
      await inChild(text, 'transcript').catch((error: unknown) => expect(error).toBeInstanceOf(Refusal));
      expect(performance.now() - began).toBeLessThan(10_000);
    },
    30_000,
  );
});

describe('the child', () => {
  it('that takes too long, or too much memory, is a refusal in words', async () => {
    const big = 'word '.repeat(2_000_000);
    await expect(inChild(big, 'transcript', 'w', { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'unreadable_source',
    });
    await expect(inChild(big, 'transcript', 'w', { maxOldSpaceMb: 12 })).rejects.toMatchObject({
      code: 'unreadable_source',
    });
    await expect(inChild('x'.repeat(11 * 1024 * 1024), 'transcript')).rejects.toMatchObject({ code: 'too_large' });
  });

  it('knows nothing of the settings and secrets of its parent', async () => {
    const spy = join(folder, 'spy.mjs');
    await writeFile(
      spy,
      'process.stdout.write(JSON.stringify({answer:{mediaType:"x/y",reading:{kind:"none"},warnings:Object.keys(process.env)}}))',
    );
    expect((await inChild('', 'notes', 'x', { readerFile: spy })).warnings).toEqual([]);
  });

  it('tells the type from the bytes, whatever the name and the kind say', async () => {
    const picture = Buffer.from(visitorLogSample.screenshots[0]?.base64 ?? '', 'base64');
    const video = Buffer.from(visitorLogSample.recordingBase64, 'base64');
    expect(await inChild(picture, 'screenshot', 'x.jpg')).toMatchObject({
      mediaType: 'image/png',
      reading: { width: 640, height: 300 },
    });
    expect((await inChild(video, 'recording', 'x.mp4')).mediaType).toBe('video/webm');
    await expect(inChild(video, 'screenshot', 'x.png')).rejects.toMatchObject({ code: 'unreadable_source' });
    await expect(inChild(picture, 'recording', 'x.webm')).rejects.toMatchObject({ code: 'unreadable_source' });
    await expect(inChild(video, 'transcript', 'x.vtt')).rejects.toMatchObject({
      message: expect.stringContaining('recording'),
    });
    await expect(inChild('<svg xmlns="http://www.w3.org/2000/svg"/>', 'screenshot', 'x.png')).rejects.toBeInstanceOf(
      Refusal,
    );
    await expect(inChild('GIF89a\x01\x00\x01\x00', 'screenshot', 'x.png')).rejects.toMatchObject({
      message: expect.stringContaining('gif'),
    });
    expect(await inChild(visitorLogSample.transcript, 'transcript', 'x')).toMatchObject({
      mediaType: 'text/vtt',
      warnings: [],
    });
  });
});

describe('a picture', () => {
  it('that would unpack to more than a screen is refused before it is unpacked', async () => {
    const bomb = Buffer.from(await readFile('test/fixtures/vendor-form.png'));
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    await expect(readImage(bomb)).rejects.toMatchObject({ message: expect.stringContaining('60000 by 60000') });
  });

  it('that is cut off anywhere is refused or read, never a crash', async () => {
    const whole = await readFile('test/fixtures/vendor-form.png');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        await expect(readImage(whole.subarray(0, length))).rejects.toBeInstanceOf(Refusal);
      }),
      { numRuns: 200 },
    );
    const jpegHead = [0xff, 0xd8, 0xff, 0xe1, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0];
    expect(await readImage(new Uint8Array(jpegHead))).toMatchObject({
      mediaType: 'image/jpeg',
      width: 30,
      height: 20,
      warnings: [expect.any(String)],
    });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (tail) => {
        const outcome: unknown = await readImage(new Uint8Array([0xff, 0xd8, 0xff, ...tail])).catch(
          (error: unknown) => error,
        );
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Refusal);
      }),
    );
  });
});
