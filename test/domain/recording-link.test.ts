import { describe, expect, test } from 'vitest';
import { readRecordingLink } from '../../workflows/domain/recording-link.js';

describe('a link to a recording', () => {
  test.each([
    ['https://www.loom.com/share/0a1b2c3d?sid=9f', 'www.loom.com'],
    ['https://zoom.us/rec/share/abc.def_ghi-jkl', 'zoom.us'],
    ['https://recordings.example:8443/walk%20through.webm#t=80', 'recordings.example:8443'],
    ['HTTPS://Media.Example/Walk', 'media.example'],
  ])('%s is taken, and its host is named', (text, host) => {
    expect(readRecordingLink(text)).toMatchObject({ ok: true, host });
  });

  test('in letters that look like others shows what it is', () => {
    const reading = readRecordingLink('https://www.l\u043e\u043em.com/share/1');
    expect(reading).toEqual({ ok: true, url: 'https://www.xn--lm-fmca.com/share/1', host: 'www.xn--lm-fmca.com' });
  });

  test.each([
    ['', 'Write the link'],
    ['javascript:alert(1)', 'begins with https://'],
    ['JaVaScRiPt://www.loom.com/%0aalert(1)', 'begins with https://'],
    ['data:text/html,hello', 'begins with https://'],
    ['file:///etc/passwd', 'begins with https://'],
    ['//www.loom.com/share/1', 'begins with https://'],
    ['www.loom.com/share/1', 'begins with https://'],
    ['https:www.loom.com/share/1', 'begins with https://'],
    ['https:///www.loom.com/share/1', 'begins with https://'],
    ['http://www.loom.com/share/1', 'Plain http'],
    ['https://owen:secret@www.loom.com/share/1', 'user names and passwords'],
    ['https://www.loom.com@evil.example/share/1', 'user names and passwords'],
    ['https://@evil.example/', 'user names and passwords'],
    ['https://evil.example\\@www.loom.com/', 'quotation marks'],
    ['https://www.loom.com/<script>alert(1)</script>', 'quotation marks'],
    ['https://www.loom.com/"onclick="alert(1)', 'quotation marks'],
    ['https://www.loom.com/share/1\n', 'cannot be seen'],
    ['java\u0000script:alert(1)', 'cannot be seen'],
    ['https://www.loom.com/\u202egnp.exe', 'cannot be seen'],
    ['https://www.loom.com/\ud800', 'cannot be seen'],
    ['https://www.loom.com/ https://evil.example/', 'without blanks'],
    ['https://exa mple.com/', 'without blanks'],
    ['https://[::1/', 'no link'],
    ['https://host:99999/', 'no link'],
    ['https://zoom.us/rec/share/1?pwd=abc', 'a key or a password (“pwd”)'],
    ['https://bucket.example/walk.mp4?X-Amz-Signature=ab12', 'a key or a password'],
    ['https://bucket.example/walk.mp4#access_token=ab12', 'a key or a password'],
    [`https://www.loom.com/${'a'.repeat(500)}`, 'at most 500'],
    [`https://www.loom.com/${'\u00e9'.repeat(400)}`, 'at most 500'],
  ])('%j is refused in words', (text, words) => {
    expect(readRecordingLink(text)).toEqual({ ok: false, words: expect.stringContaining(words) });
  });

  test('of exactly 500 characters is taken, and one more is not', () => {
    const start = 'https://www.loom.com/';
    expect(readRecordingLink(start + 'a'.repeat(500 - start.length)).ok).toBe(true);
    expect(readRecordingLink(start + 'a'.repeat(501 - start.length)).ok).toBe(false);
  });
});
