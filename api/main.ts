import { existsSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import pino from 'pino';
import { z } from 'zod';
import { registerSigningKey } from '../db/commands/checkpoint.js';
import { close, connect } from '../db/connect.js';
import { unfinishedRunThroughs } from '../db/queries/run-through.js';
import { createApp } from './app.js';
import { createAuth } from './auth.js';
import { sealDaily } from './checkpoint.js';
import { openEngine } from './engine.js';
import { readEnv, type ApiEnv } from './env.js';
import { listenForChanges } from './events.js';
import { incoming } from './intake.js';
import { bootstrapFromEnv, offerOwnerLink } from './owner.js';
import { pages } from './pages.js';
import { createSignInLimit } from './rate-limit.js';
import { createRelay } from './relay.js';
import { openSigner, writeOnce } from './signing.js';
import { sweepIncoming } from './uploads.js';

const stopMs = 4_000;

/** Given, or made once and kept in the data folder. */
function secretOf({ data, secret }: ApiEnv): string {
  if (secret !== undefined) return secret;
  const file = join(data, 'keys', 'secret');
  if (!existsSync(file)) writeOnce(file, randomBytes(32).toString('base64url'));
  return readFileSync(file, 'utf8').trim();
}

/** This file lies one folder below the clone, as source and as built. */
function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Plain http on this machine's own name is for this machine alone; anything else is for others too. */
function hostnameOf(publicUrl: string): string | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname) ? '127.0.0.1' : undefined;
}

async function start(env: ApiEnv, log: pino.Logger): Promise<void> {
  const db = connect(env.databaseUrl, { name: 'countersign-api', max: 20 });
  const signer = openSigner(env.signingKeyFile);
  await registerSigningKey(db, signer);
  const auth = createAuth({ db, publicUrl: env.publicUrl, secret: secretOf(env), log });
  await bootstrapFromEnv(auth, db, env.owner);
  await offerOwnerLink(db, env.data, env.publicUrl);
  await sweepIncoming(incoming(env.data), Date.now(), await unfinishedRunThroughs(db));
  const engine = openEngine(env);
  const relay = createRelay({ db, client: engine.client, taskQueue: env.taskQueue, log });
  const changes = await listenForChanges(db, log);
  const app = createApp(
    {
      ...{ db, auth, signer, relay, changes, engine, log },
      ...{ publicUrl: env.publicUrl, data: env.data, timeZone: env.timeZone, drafter: env.drafter },
      ...(env.searchPath !== undefined && { searchPath: env.searchPath }),
      signInLimit: createSignInLimit(),
      version: version(),
    },
    pages(env.uiFolder ?? fileURLToPath(new URL('../dist/ui', import.meta.url))),
  );
  const server = serve({ fetch: app.fetch, port: env.port, hostname: hostnameOf(env.publicUrl) }, () =>
    log.info({ port: env.port }, 'The api is ready.'),
  );
  server.on('error', (error) => {
    log.fatal({ err: error }, 'The api ends.');
    process.exit(1);
  });
  relay.start();
  const stopSealing = sealDaily({ db, signer, data: env.data, log });

  const stop = async () => {
    stopSealing();
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await Promise.allSettled([relay.stop(), changes.stop()]);
    await Promise.allSettled([engine.close(), close(db)]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      setTimeout(() => process.exit(0), stopMs).unref();
      void stop();
    });
}

const env = readEnv();
const log = pino({ level: env.logLevel, base: { process: 'api' } });
// With nothing queued a killed connection can throw inside postgres.js: end, and be started again.
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'The api ends.');
  process.exit(1);
});
await start(env, log).catch((error: unknown) => {
  log.fatal({ err: error }, 'The api ends.');
  process.exit(1);
});
