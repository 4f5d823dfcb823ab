type Placeable = { startMs: number | null; pointing: boolean };

/** The time in a file name, such as `1.20` or `00-03-28`, in milliseconds; a date before it is not one. */
function timeInName(name: string): number | undefined {
  const match = /(?:^|\D)(?:(\d{1,2})[.:_-])?(\d{1,2})[.:_-](\d{2})(?=\D|$)/.exec(
    name.replace(/\d{4}[.:_-]\d{2}[.:_-]\d{2}/g, ''),
  );
  if (!match) return undefined;
  return ((Number(match[1] ?? 0) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000;
}

function byTime(times: readonly number[], steps: readonly Placeable[]): (number | null)[] {
  const shown: (number | null)[] = steps.map(() => null);
  times.forEach((time, image) => {
    let at = 0;
    steps.forEach((step, index) => {
      if (step.startMs !== null && step.startMs <= time) at = index;
    });
    shown[at] ??= image + 1;
  });
  return shown;
}

function byOrder(count: number, steps: readonly Placeable[]): (number | null)[] {
  const shown: (number | null)[] = steps.map(() => null);
  const pointed = steps.flatMap((step, index) => (step.pointing ? [index] : []));
  const places = count <= pointed.length ? pointed : steps.map((_, index) => index);
  const taken = Math.min(count, places.length);
  for (let image = 0; image < taken; image += 1) {
    const at = places[Math.floor(((image + 0.5) * places.length) / taken)];
    if (at !== undefined) shown[at] ??= image + 1;
  }
  return shown;
}

/**
 * For each step the number of its screenshot, or null: by the times in the file names where all have one
 * within the recording, otherwise in order, at the steps where the speaker points at the screen.
 */
export function placeScreenshots(
  names: readonly string[],
  steps: readonly Placeable[],
  endMs: number | null,
): (number | null)[] {
  if (names.length === 0 || steps.length === 0) return steps.map(() => null);
  const times = names.flatMap((name) => timeInName(name) ?? []);
  if (endMs !== null && times.length === names.length && times.every((time) => time <= endMs + 5_000))
    return byTime(times, steps);
  return byOrder(names.length, steps);
}
