import { describe, expect, it } from 'vitest';
import { isRecording, kindOf } from '../../ui/start/kinds.js';

const file = (name: string, type = '', size = 100) => ({ name, type, size });

describe('a file given to start a run', () => {
  it.each(['walk.vtt', 'walk.SRT', 'notes.txt'])('%s is a transcript', (name) => {
    expect(kindOf(file(name))).toEqual({ kind: 'transcript' });
  });

  it.each(['shot.png', 'shot.JPG', 'shot.webp'])('%s is a screenshot', (name) => {
    expect(kindOf(file(name))).toEqual({ kind: 'screenshot' });
  });

  it('is a screenshot where a pasted picture has no name', () => {
    expect(kindOf(file('', 'image/png'))).toEqual({ kind: 'screenshot' });
  });

  it.each([
    ['walk.webm', 'video/webm'],
    ['walk.MP4', ''],
    ['walk.mov', 'video/quicktime'],
    ['walk.mkv', ''],
    ['', 'video/webm'],
  ])('is a recording to take frames from: %s %s', (name, type) => {
    expect(isRecording(file(name, type))).toBe(true);
  });

  it.each([
    ['walk.vtt', 'text/vtt'],
    ['shot.png', 'image/png'],
    ['talk.mp3', 'audio/mpeg'],
  ])('is no recording to take frames from: %s', (name, type) => {
    expect(isRecording(file(name, type))).toBe(false);
  });

  it.each([
    ['talk.m4a', 'audio/mp4', 'recording of sound'],
    ['sop.docx', '', 'transcript as .vtt'],
    ['shot.heic', 'image/heic', 'PNG or JPEG'],
    ['tool.exe', 'application/octet-stream', 'neither'],
  ])('that cannot be used is refused in a sentence that says what to do: %s', (name, type, words) => {
    expect(kindOf(file(name, type))).toEqual({ refused: expect.stringContaining(words) });
  });

  it('is refused before it is sent where it is empty or too large', () => {
    expect(kindOf(file('walk.vtt', '', 0))).toEqual({ refused: expect.stringContaining('empty') });
    expect(kindOf(file('shot.png', 'image/png', 21 * 1024 * 1024))).toEqual({
      refused: expect.stringContaining('at most 20.0 MB'),
    });
  });
});
