import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DrafterSettings } from './drafters/choose.js';

/** Secrets may come from files: `NAME_FILE` fills `NAME` where that is not set. */
function withFiles(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const filled: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) if (value !== '') filled[name] = value;
  for (const name of secretNames) {
    const file = filled[`${name}_FILE`];
    if (file !== undefined && filled[name] === undefined) filled[name] = readFileSync(file, 'utf8').trim();
  }
  return filled;
}

const secretNames = [
  'DATABASE_WORKER_URL',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'SMTP_URL',
  'TEMPORAL_API_KEY',
] as const;

const settings = z.object({
  COUNTERSIGN_DATA: z.string().default('.countersign'),
  COUNTERSIGN_PUBLIC_URL: z.url().optional(),
  PORT: z.coerce.number().int().positive().default(4747),
  COUNTERSIGN_TASK_QUEUE: z.string().min(1).default('countersign'),
  COUNTERSIGN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  COUNTERSIGN_TIME_SCALE: z.coerce.number().positive().default(1),
  COUNTERSIGN_TIME_ZONE: z.string().optional(),
  DATABASE_WORKER_URL: z.string().optional(),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z
    .enum(['true', 'false', '1', '0'])
    .optional()
    .transform((value) => value === 'true' || value === '1'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: z.url().optional(),
  ANTHROPIC_MODEL: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  OPENAI_MODEL: z.string().optional(),
  SMTP_URL: z.url().optional(),
});

const credentials = z.object({ workerUrl: z.string().min(1) });

function databaseUrl(data: string, given: string | undefined): string {
  if (given !== undefined) return given;
  return credentials.parse(JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8'))).workerUrl;
}

/** What git needs to find itself, who it is, and the way out; no secret of this program is among it. */
const gitNames = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
  ...['SSH_AUTH_SOCK', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_ASKPASS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'],
];

/** The part of the environment that git may see. */
export function gitEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return Object.fromEntries(
    gitNames.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * The worker's settings, read once.
 * @throws where one is malformed, or where no database address is given or kept in the data folder.
 */
export function readEnv(env: NodeJS.ProcessEnv = process.env) {
  const given = settings.parse(withFiles(env));
  return {
    data: given.COUNTERSIGN_DATA,
    publicUrl: given.COUNTERSIGN_PUBLIC_URL ?? `http://localhost:${given.PORT}`,
    taskQueue: given.COUNTERSIGN_TASK_QUEUE,
    logLevel: given.COUNTERSIGN_LOG_LEVEL,
    /** How many times faster than the clock reviews fall due and are reminded of. */
    timeScale: given.COUNTERSIGN_TIME_SCALE,
    timeZone: given.COUNTERSIGN_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    databaseUrl: databaseUrl(given.COUNTERSIGN_DATA, given.DATABASE_WORKER_URL),
    smtpUrl: given.SMTP_URL,
    drafters: drafterSettings(given),
    git: gitEnvironment(env),
    temporal: {
      address: given.TEMPORAL_ADDRESS,
      namespace: given.TEMPORAL_NAMESPACE,
      apiKey: given.TEMPORAL_API_KEY,
      tls: temporalTls(given),
    },
  };
}

/** Claude needs a key, an OpenAI-compatible server a key or an address. Without either the rules draft. */
function drafterSettings(given: z.infer<typeof settings>): DrafterSettings {
  const { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url, ANTHROPIC_MODEL: model } = given;
  const { OPENAI_API_KEY: openaiKey, OPENAI_BASE_URL: openaiUrl, OPENAI_MODEL: openaiModel } = given;
  const more = (baseUrl: string | undefined, name: string | undefined) => ({
    ...(baseUrl !== undefined && { baseUrl }),
    ...(name !== undefined && { model: name }),
  });
  return {
    ...(key !== undefined && { anthropic: { apiKey: key, ...more(url, model) } }),
    ...((openaiKey !== undefined || openaiUrl !== undefined) && {
      openai: { ...(openaiKey !== undefined && { apiKey: openaiKey }), ...more(openaiUrl, openaiModel) },
    }),
  };
}

function temporalTls(given: z.infer<typeof settings>) {
  const { TEMPORAL_TLS_CLIENT_CERT_PATH: crt, TEMPORAL_TLS_CLIENT_KEY_PATH: key } = given;
  const ca = given.TEMPORAL_TLS_SERVER_CA_CERT_PATH;
  if (!given.TEMPORAL_TLS && crt === undefined && ca === undefined) return undefined;
  return {
    ...(given.TEMPORAL_TLS_SERVER_NAME !== undefined && { serverNameOverride: given.TEMPORAL_TLS_SERVER_NAME }),
    ...(ca !== undefined && { serverRootCACertificate: readFileSync(ca) }),
    ...(crt !== undefined &&
      key !== undefined && { clientCertPair: { crt: readFileSync(crt), key: readFileSync(key) } }),
  };
}

export type WorkerEnv = ReturnType<typeof readEnv>;
