import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import postgres from 'postgres';
import { bareEnv } from './env.js';

const env = bareEnv();
Runtime.install({ logger: new DefaultLogger('ERROR') });
const sql = postgres(env.databaseUrl, { max: 10, onnotice: () => undefined });
const connection = await NativeConnection.connect({ address: env.temporalAddress });
const worker = await Worker.create({
  connection,
  taskQueue: env.taskQueue,
  workflowBundle: { codePath: env.bundle },
  activities: {
    publishRow: async (id: string) => {
      await sql`insert into bare_published (id, at) values (${id}, clock_timestamp()) on conflict do nothing`;
    },
  },
});
await worker.run();
await Promise.all([sql.end({ timeout: 2 }), connection.close()]);
process.exit(0);
