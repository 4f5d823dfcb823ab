/** Waits until `check` gives something true, and answers with it; fails with `what` when the time is up. */
export async function until<T>(
  check: () => T | Promise<T>,
  {
    withinMs = 10_000,
    everyMs = 20,
    what = 'the condition',
  }: { withinMs?: number; everyMs?: number; what?: string } = {},
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const end = Date.now() + withinMs;
  let trouble: unknown;
  for (;;) {
    try {
      const found = await check();
      if (isFound(found)) return found;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() >= end) throw new Error(`${what} did not come within ${withinMs} ms`, { cause: trouble });
    await pause(everyMs);
  }
}

function isFound<T>(value: T): value is Exclude<T, false | null | undefined | 0 | ''> {
  return Boolean(value);
}

/** For things that must not happen: lets this much time go by. Prefer `until`. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
