import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../ui/shared/styles/tokens.css', import.meta.url), 'utf8');
const pairs = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\(\s*(#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\s*\)/g)].map(
    ([, name, light, dark]) => [name ?? '', { light: light ?? '', dark: dark ?? '' }],
  ),
);
const themes = ['light', 'dark'] as const;

function value(name: string, theme: (typeof themes)[number]): string {
  const pair = pairs.get(name);
  if (!pair) throw new Error(`No token --${name} with a light and a dark value`);
  return pair[theme];
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const surfaces = ['ground', 'surface', 'paper', 'sunken', 'hover', 'selected', 'overlay'];
const inks = ['ink-1', 'ink-2', 'ink-3', 'accent'];
const states = ['verified', 'drifted', 'not-found', 'kept-human', 'proposed', 'uncertain', 'ins', 'del'];

describe.each(themes)('in the %s theme', (theme) => {
  it.each(inks)('%s can be read on every surface: 4.5 to 1', (ink) => {
    for (const surface of surfaces) {
      expect(contrast(value(ink, theme), value(surface, theme)), `${ink} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(states)('the words of %s can be read on the surfaces and on its own tint: 4.5 to 1', (state) => {
    for (const surface of ['surface', 'paper', 'selected', `${state}-tint`]) {
      expect(contrast(value(state, theme), value(surface, theme)), `${state} on ${surface}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  it('words on the pen can be read, and edges of what one types in can be seen: 3 to 1', () => {
    expect(contrast(value('on-accent', theme), value('accent', theme))).toBeGreaterThanOrEqual(4.5);
    for (const surface of ['ground', 'surface', 'paper', 'overlay']) {
      expect(contrast(value('line-control', theme), value(surface, theme)), surface).toBeGreaterThanOrEqual(3);
    }
  });
});
