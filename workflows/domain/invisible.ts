/** Kinds of characters a reader cannot see, which could carry words that only a model reads. */
const hidden: readonly { what: string; pattern: RegExp }[] = [
  { what: 'control characters', pattern: /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu },
  { what: 'characters that change the direction of text', pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu },
  { what: 'invisible tag characters', pattern: /[\u{e0000}-\u{e007f}]/gu },
  {
    what: 'characters without a shape',
    pattern:
      /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0080}-\u{e0fff}]|[\u200c\u200d]{2,}/gu,
  },
  { what: 'broken characters', pattern: /[\p{Cs}\ufffe\uffff]/gu },
];

/** Text without what nobody can see, and what was taken out, with the offset of the first of each kind. */
export type Visible = { text: string; removed: { what: string; count: number; firstAt: number }[] };

/**
 * Takes out control, direction, tag, zero-width and broken characters. Joiners that scripts and emoji
 * need stay where they stand alone. Linear in the length of the text.
 */
export function visibleOnly(text: string): Visible {
  const removed: Visible['removed'] = [];
  let rest = text;
  for (const { what, pattern } of hidden) {
    const firstAt = rest.search(pattern);
    if (firstAt < 0) continue;
    let count = 0;
    rest = rest.replace(pattern, (run) => {
      count += run.length === 2 && run.codePointAt(0) !== run.charCodeAt(0) ? 1 : run.length;
      return '';
    });
    removed.push({ what, count, firstAt });
  }
  return { text: rest, removed };
}
