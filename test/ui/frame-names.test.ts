import { describe, expect, test } from 'vitest';
import { placeScreenshots } from '../../activities/drafters/rules/sop-drafting/screenshots.js';
import { frameName, momentAfter, momentWords } from '../../ui/pictures/frames.js';

const steps = [0, 80_000, 3_700_000].map((startMs) => ({ startMs, pointing: false }));

describe('a frame taken from a recording', () => {
  test.each([
    ['walk-through.webm', 80.44, '00-01-20.4 walk-through.png'],
    ['2026-11-26 10-30-12.mkv', 3_723, '01-02-03.0 2026-11-26 10-30-12.png'],
    ['', 0, '00-00-00.0 recording.png'],
    [`${'long '.repeat(60)}.mp4`, 1.26, `00-00-01.2 ${'long '.repeat(16)}.png`],
  ])('of %j at %d s is called by its moment', (recording, seconds, name) => {
    expect(frameName(recording, seconds)).toBe(name);
  });

  test.each([
    ['walk.webm', 79.96, 0],
    ['walk.webm', 80, 1],
    ['2026-11-26 10-30-12.mkv', 81, 1],
    ['12-34-56.mov', 3_701.5, 2],
    ['Screen 3.45.mp4', 0.1, 0],
  ])('of %s at %d s is placed by the rules at the step of that moment', (recording, seconds, step) => {
    const shown = placeScreenshots([frameName(recording, seconds)], steps, 4_000_000);
    expect(shown.indexOf(1)).toBe(step);
  });

  test('of one second and another of the same are told apart', () => {
    expect(frameName('walk.webm', 5.04)).not.toBe(frameName('walk.webm', 5.16));
  });
});

test('a moment is said to the tenth of a second', () => {
  expect([0, 2.96, 59.999_999_9, 3_723.5].map(momentWords)).toEqual(['00:00.0', '00:02.9', '01:00.0', '1:02:03.5']);
});

describe('a key in a recording', () => {
  test.each([
    ['ArrowRight', 10, 11],
    ['ArrowLeft', 10, 9],
    ['.', 10, 10.04],
    [',', 10, 9.96],
    ['ArrowLeft', 0.5, 0],
    ['ArrowRight', 29.5, 30],
    ['.', 30, 30],
  ])('%s at %d s leads to %d s', (key, at, to) => {
    expect(momentAfter(key, at, 30)).toBe(to);
  });

  test('that means nothing leads nowhere', () => {
    expect(momentAfter('a', 10, 30)).toBeUndefined();
    expect(momentAfter('ArrowUp', 10, 30)).toBeUndefined();
  });
});
