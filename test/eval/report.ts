/** What an eval answers: figures for programs, and the same as lines for people. */
export type Report = { figures: Record<string, unknown>; lines: string[] };

/**
 * What every eval may be told. `data` is the folder with labelled data that is not part of the project;
 * `writeWeights` stores what was learned from all of it.
 */
export type EvalOptions = {
  data: string;
  train: string | undefined;
  test: string | undefined;
  writeWeights?: boolean;
};

export type Eval = { about: string; run: (options: EvalOptions) => Promise<Report> | Report };

/** Said instead of a stack: data that is missing, an eval that is not there. */
export class EvalTrouble extends Error {}

/** Right and wrong answers, and what was missed. */
export type Tally = { found: number; wrong: number; missed: number };

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Precision and recall; null where nothing could be found or missed. */
export function rates({ found, wrong, missed }: Tally) {
  return {
    ...{ labelled: found + missed, found, missed, wrong },
    precision: share(found, found + wrong),
    recall: share(found, found + missed),
  };
}

/** “0.93”, or a dash where there is nothing to divide by. */
export const decimal = (value: number | null): string => (value === null ? '-' : value.toFixed(2));

/** Rows as aligned columns, the first to the left, all others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
}
