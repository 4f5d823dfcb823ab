/** One plain line to the person at the terminal. Goes to stderr, so that `--json` output stays clean. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Stops the set-up with one sentence that says what to do. */
export class SetupTrouble extends Error {}
