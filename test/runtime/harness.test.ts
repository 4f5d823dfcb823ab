import postgres from 'postgres';
import { expect, test } from 'vitest';
import { temporalAnswers } from '../../bin/embedded/temporal.js';
import { freshDatabase, temporalAddress } from '../support/harness.js';

test('each test file gets a migrated database of its own, and no two see the same rows', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  const sql = postgres(one.ownerUrl, { max: 1 });
  const api = postgres(other.apiUrl, { max: 1 });
  expect(await sql`select 1 from information_schema.tables where table_name = 'event'`).toHaveLength(1);
  expect(await api`select current_user as name, current_database() as database`).toEqual([
    { name: 'countersign_api', database: other.name },
  ]);
  await Promise.all([sql.end(), api.end()]);
  await Promise.all([one.drop(), other.drop()]);
});

test('the Temporal server of the tests answers', async () => {
  expect(await temporalAnswers(temporalAddress(), 'default', 5000)).toBe(true);
});
