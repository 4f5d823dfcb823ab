import { z } from 'zod';
import { runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';
import { ask } from './refuse.js';

const reportedSchema = z.object({
  run: z.uuid(),
  state: z.enum(runStates),
  /** True where it opened the repair. */
  opened: z.boolean(),
  /** True where the same report came before. */
  repeated: z.boolean(),
});

export type ReportProblem = {
  token: string;
  publication: string;
  /** Made by the page, so that a second press is the same report. */
  report: string;
  words: string;
  /** The step that it is about. */
  about: string | null;
};

/** Reports a problem with something published; opens its repair where the person may. */
export function reportProblem(db: Db, a: ReportProblem): Promise<z.infer<typeof reportedSchema>> {
  return ask(
    db.sql`select report_problem(${a.token}::text, ${a.publication}::uuid, ${a.report}::uuid, ${a.words}::text,
      ${a.about}::text) as answer`,
    reportedSchema,
  );
}
