import { z } from 'zod';

const settings = z.object({
  DATABASE_URL: z.string(),
  TEMPORAL_ADDRESS: z.string(),
  TASK_QUEUE: z.string(),
  BUNDLE: z.string(),
});

/** What the bare engine's worker is told. */
export function bareEnv() {
  const given = settings.parse(process.env);
  return {
    databaseUrl: given.DATABASE_URL,
    temporalAddress: given.TEMPORAL_ADDRESS,
    taskQueue: given.TASK_QUEUE,
    bundle: given.BUNDLE,
  };
}
