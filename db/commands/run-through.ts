import { z } from 'zod';
import type { Db } from '../connect.js';
import { newId } from '../ids.js';
import { ask, doneSchema } from './refuse.js';

type Done = z.infer<typeof doneSchema>;
type OnRunThrough = { token: string; runThrough: string };
export type TickResult = 'as-written' | 'differed' | 'exception';

/** Starts a run-through of a run under review, or answers this person's unfinished one. */
export function startRunThrough(
  db: Db,
  { token, run, id }: { token: string; run: string; id: string },
): Promise<{ id: string; resumed: boolean }> {
  return ask(
    db.sql`select start_run_through(${token}::text, ${run}::uuid, ${id}::uuid) as answer`,
    z.object({ id: z.uuid(), resumed: z.boolean() }),
  );
}

export type TickStep = OnRunThrough & {
  step: string;
  stepDigest: string;
  result: TickResult;
  note?: string;
  cameUp?: string;
};

/** Ticks one step as it is written now; ticking again replaces. What was not as written is kept besides. */
export function tickStep(db: Db, a: TickStep): Promise<Done> {
  return ask(
    db.sql`select tick_step(${a.token}::text, ${a.runThrough}::uuid, ${a.step}::text, ${a.stepDigest}::text,
      ${a.result}::text, ${a.note ?? ''}::text, ${a.cameUp ?? ''}::text, ${newId()}::uuid) as answer`,
    doneSchema,
  );
}

/** Attaches a recording that this person added as a source. */
export function attachRecording(
  db: Db,
  { token, runThrough, source }: OnRunThrough & { source: string },
): Promise<Done> {
  return ask(
    db.sql`select attach_recording(${token}::text, ${runThrough}::uuid, ${source}::uuid) as answer`,
    doneSchema,
  );
}

/** Makes a source of this person part `part` of the run-through's recording. Parts come in order; the same one twice is one. */
export function sealRecording(
  db: Db,
  { token, runThrough, part, source }: OnRunThrough & { part: number; source: string },
): Promise<Done> {
  return ask(
    db.sql`select seal_recording(${token}::text, ${runThrough}::uuid, ${part}::int, ${source}::uuid) as answer`,
    doneSchema,
  );
}

const finishedSchema = z.object({
  met: z.array(z.string()),
  open: z.array(z.object({ key: z.string(), label: z.string() })),
});

/** The page with this run-through on it: rendered from the subject `base`, as finished at `finishedAt`. */
export type FinishedPage = { finishedAt: string; base: string; manifest: string };

/**
 * Finishes: meets what was ticked as written and still is. `open` are all requirements still missing.
 * Where a page is given the review moves to it.
 */
export function finishRunThrough(
  db: Db,
  { token, runThrough, page }: OnRunThrough & { page?: FinishedPage },
): Promise<z.infer<typeof finishedSchema>> {
  return ask(
    db.sql`select finish_run_through(${token}::text, ${runThrough}::uuid, ${page?.finishedAt ?? null}::text,
      ${page?.base ?? null}::text, ${page?.manifest ?? null}::text) as answer`,
    finishedSchema,
  );
}
