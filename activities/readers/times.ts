/** `0:12`, `00:02:04`, `1:02:04.500`, `00:02:04,500`: hours may be absent. */
const clock = String.raw`(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?`;

/** Source of a pattern for one clock time, for use inside larger patterns. */
export const clockPattern = clock;

const whole = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?$/;

/** Milliseconds of a clock time; `undefined` where it is none (61 minutes past the hour is none). */
export function clockMs(text: string): number | undefined {
  const match = whole.exec(text);
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  if (Number(seconds) > 59 || (match[1] !== undefined && Number(minutes) > 59)) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0') || 0);
}
