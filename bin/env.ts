import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const optional = z.string().min(1).optional();

const settings = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(4747),
  COUNTERSIGN_PUBLIC_URL: z.url().optional(),
  COUNTERSIGN_DATA: z.string().min(1).default('.countersign'),
  COUNTERSIGN_SIGNING_KEY_FILE: optional,
  /** Set by bin/setup.mjs, which finds or fetches it. */
  COUNTERSIGN_TEMPORAL_BINARY: optional,
  DATABASE_URL: optional,
  DATABASE_API_URL: optional,
  DATABASE_WORKER_URL: optional,
  TEMPORAL_ADDRESS: optional,
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  COUNTERSIGN_TASK_QUEUE: z.string().min(1).default('countersign'),
  COUNTERSIGN_SECRET: optional,
  ANTHROPIC_API_KEY: optional,
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: optional,
});

/** The settings that may come from a file named by `…_FILE`. */
const SECRETS = [
  'DATABASE_URL',
  'DATABASE_API_URL',
  'DATABASE_WORKER_URL',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
] as const;

export type BinEnv = ReturnType<typeof readEnv>;

/** The settings of the command line and the supervisor, read once per process. Empty means absent. */
export function readEnv(source: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  for (const name of SECRETS) {
    const file = given[`${name}_FILE`];
    if (given[name] === undefined && file !== undefined) given[name] = readFileSync(file, 'utf8').trim();
  }
  const env = settings.parse(given);
  const data = path.resolve(env.COUNTERSIGN_DATA);
  return {
    port: env.PORT,
    publicUrl: env.COUNTERSIGN_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    data,
    signingKeyFile: env.COUNTERSIGN_SIGNING_KEY_FILE ?? path.join(data, 'keys', 'signing-ed25519.pem'),
    temporalBinary: env.COUNTERSIGN_TEMPORAL_BINARY,
    databaseUrl: env.DATABASE_URL,
    databaseApiUrl: env.DATABASE_API_URL,
    databaseWorkerUrl: env.DATABASE_WORKER_URL,
    temporalAddress: env.TEMPORAL_ADDRESS,
    temporalNamespace: env.TEMPORAL_NAMESPACE,
    taskQueue: env.COUNTERSIGN_TASK_QUEUE,
    secret: env.COUNTERSIGN_SECRET,
    usesClaude: env.ANTHROPIC_API_KEY !== undefined,
    usesOpenai: env.OPENAI_API_KEY !== undefined || env.OPENAI_BASE_URL !== undefined,
    /** Handed on to the api and the worker, which read their own. */
    inherited: given,
  };
}
