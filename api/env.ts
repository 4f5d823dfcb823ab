import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import type { DrafterFeature } from './contract/me.js';

const optional = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(4747),
  COUNTERSIGN_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  COUNTERSIGN_DATA: z.string().min(1).default('.countersign'),
  COUNTERSIGN_SECRET: z.string().min(32, 'COUNTERSIGN_SECRET has at least 32 characters.').optional(),
  COUNTERSIGN_SIGNING_KEY_FILE: optional,
  COUNTERSIGN_OWNER_EMAIL: z.email().optional(),
  COUNTERSIGN_OWNER_PASSWORD: z.string().min(12, 'COUNTERSIGN_OWNER_PASSWORD has at least 12 characters.').optional(),
  COUNTERSIGN_TASK_QUEUE: z.string().min(1).default('countersign'),
  COUNTERSIGN_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  COUNTERSIGN_TIME_ZONE: z.string().default(Intl.DateTimeFormat().resolvedOptions().timeZone),
  DATABASE_API_URL: optional,
  COUNTERSIGN_UI: optional,
  PATH: optional,
  /** Looked at only for whether a model is set up; the key itself is used by the worker alone. */
  ANTHROPIC_API_KEY: z
    .string()
    .optional()
    .transform((value) => value !== undefined && value !== ''),
  ANTHROPIC_MODEL: optional,
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: optional,
  OPENAI_MODEL: optional,
});

/** What the api is told from outside, in its own words. */
export type ApiEnv = {
  port: number;
  publicUrl: string;
  data: string;
  secret: string | undefined;
  signingKeyFile: string;
  owner: { email: string; password: string } | undefined;
  taskQueue: string;
  logLevel: string;
  timeZone: string;
  databaseUrl: string;
  /** The built pages, where they do not lie beside the program. */
  uiFolder: string | undefined;
  /** Where programs are looked for. */
  searchPath: string | undefined;
  drafter: DrafterFeature;
  temporal: ReturnType<typeof loadClientConnectConfig>;
};

/** `NAME_FILE` stands in for `NAME`: secrets may come from files. */
function withFiles(source: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const settings: Record<string, string | undefined> = { ...source };
  for (const name of Object.keys(schema.shape)) {
    const file = source[`${name}_FILE`];
    if (settings[name] === undefined && file !== undefined && file !== '')
      settings[name] = readFileSync(file, 'utf8').trim();
  }
  // An empty setting is an absent one: Compose passes empty strings for what nobody set.
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));
}

function credentialsUrl(data: string): string {
  const file = join(data, 'credentials.json');
  if (!existsSync(file))
    throw new Error(`No database: set DATABASE_API_URL, or start with npm start, which writes ${file}.`);
  return z.object({ apiUrl: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).apiUrl;
}

/** The drafters that are set up, in the order of the worker's own choice: the first drafts by default. */
function drafterOf(env: z.infer<typeof schema>): DrafterFeature {
  const named = (label: string, model: string | undefined) => (model === undefined ? label : `${label} (${model})`);
  const rules = { name: 'rules', label: 'Rules, no model' } as const;
  const choices: DrafterFeature['choices'] = [
    ...(env.ANTHROPIC_API_KEY ? [{ name: 'claude' as const, label: named('Claude', env.ANTHROPIC_MODEL) }] : []),
    ...(env.OPENAI_API_KEY !== undefined || env.OPENAI_BASE_URL !== undefined
      ? [{ name: 'openai' as const, label: named('OpenAI-compatible model', env.OPENAI_MODEL) }]
      : []),
    rules,
  ];
  const [first = rules] = choices;
  if (first.name === 'rules') return { ...first, label: 'No model, rules only', usesModel: false, choices };
  return { ...first, usesModel: true, choices };
}

/** Reads the api's settings, once per process. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): ApiEnv {
  const env = schema.parse(withFiles(source));
  const data = resolve(env.COUNTERSIGN_DATA);
  const { COUNTERSIGN_OWNER_EMAIL: email, COUNTERSIGN_OWNER_PASSWORD: password } = env;
  return {
    port: env.PORT,
    publicUrl: env.COUNTERSIGN_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    data,
    secret: env.COUNTERSIGN_SECRET,
    signingKeyFile: env.COUNTERSIGN_SIGNING_KEY_FILE ?? join(data, 'keys', 'signing-ed25519.pem'),
    owner: email === undefined || password === undefined ? undefined : { email, password },
    taskQueue: env.COUNTERSIGN_TASK_QUEUE,
    logLevel: env.COUNTERSIGN_LOG_LEVEL,
    timeZone: env.COUNTERSIGN_TIME_ZONE,
    databaseUrl: env.DATABASE_API_URL ?? credentialsUrl(data),
    uiFolder: env.COUNTERSIGN_UI,
    searchPath: env.PATH,
    drafter: drafterOf(env),
    temporal: loadClientConnectConfig(),
  };
}
