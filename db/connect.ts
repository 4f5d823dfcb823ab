import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema.js';

/** One process's way to the database. `sql` runs the functions and reads; `orm` is for better-auth and simple reads. */
export type Db = {
  sql: postgres.Sql;
  orm: PostgresJsDatabase<typeof schema> & { $client: postgres.Sql };
};

export type ConnectOptions = {
  /** Shown in pg_stat_activity. */
  name: string;
  /** Connections at most for `sql`; `orm` has a few of its own. */
  max?: number;
};

/** Opens lazily: nothing is sent until the first statement. */
export function connect(url: string, options: ConnectOptions): Db {
  const common = {
    connection: { application_name: options.name },
    onnotice: () => undefined,
    connect_timeout: 10,
    max_lifetime: null,
  };
  // Two clients, because drizzle takes over the date and json parsers of the one that it is given.
  const sql = postgres(url, { ...common, max: options.max ?? 10 });
  const orm = drizzle(postgres(url, { ...common, max: 4 }), { schema });
  return { sql, orm };
}

/** Closes within a few seconds, also where the server has gone. */
export async function close(db: Db): Promise<void> {
  await Promise.allSettled([db.sql.end({ timeout: 3 }), db.orm.$client.end({ timeout: 3 })]);
}
