import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarLink, calendarLinkMade, register } from '../../api/contract/register.js';
import { memberList } from '../../api/contract/people.js';
import { addDays, dayInWords, civilDayAt } from '../../workflows/domain/contract-summary/civil-day.js';
import { startApi, type ApiUnderTest, type Person } from '../api/api-under-test.js';
import { codeOf } from '../api/ready-review.js';
import { only, readCalendar, textOf } from '../support/icalendar.js';
import { contractWith, publishContract, type PublishedContract } from '../support/published-contract.js';

let api: ApiUnderTest;
let ines: Person;
let vera: Person;
let contract: PublishedContract;
let logged = '';
const vendor = 'Müller; Söhne, \\n GmbH\r\nATTENDEE:mailto:evil@example.org \u{1f600} '.padEnd(190, 'ö');
const lastSafe = addDays(civilDayAt(new Date(), 'UTC'), 40);

beforeAll(async () => {
  const into = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged += chunk.toString('utf8');
      done();
    },
  });
  api = await startApi({ log: pino({ level: 'trace' }, into) });
  [ines, vera] = [await api.person('admin', 'Ines'), await api.person('viewer', 'Vera')];
  contract = await publishContract(api.owner, {
    by: ines.id,
    contract: contractWith({ vendor, ends: addDays(lastSafe, 90) }),
  });
});
afterAll(() => api.stop());

const make = async (who: Person) =>
  new URL(calendarLinkMade.parse((await api.ask(who, 'POST', '/api/me/calendar-link', { body: {} })).body).link)
    .pathname;
const get = (path: string) => api.ask(undefined, 'GET', path);

describe('the calendar feed', () => {
  test('is read by its secret alone, as iCalendar that a strict reader takes, with nothing but published values', async () => {
    const path = await make(vera);
    const { status, text, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('set-cookie')).toBeNull();
    const calendar = readCalendar(text);
    const [event, ...more] = calendar.components;
    if (event === undefined) throw new Error('no event');
    expect(more).toEqual([]);
    expect(event.properties.map(({ name }) => name)).not.toContain('ATTENDEE');
    expect(only(event, 'UID').value).toBe(`${contract.run}-0@countersign`);
    expect(only(event, 'SEQUENCE').value).toBe('1');
    expect(only(event, 'DTSTART').value).toBe(lastSafe.replaceAll('-', ''));
    expect(only(event, 'DTEND').value).toBe(addDays(lastSafe, 1).replaceAll('-', ''));
    expect(textOf(only(event, 'SUMMARY'))).toContain('Müller; Söhne, \\n GmbH');
    expect(textOf(only(event, 'DESCRIPTION'))).toContain(`The last safe day is ${dayInWords(lastSafe)} (`);
    expect(text).not.toContain('notice in time');
    expect(only(event, 'URL').value).toBe(`http://countersign.test/published/${contract.publication}`);
    expect((await get(path)).text).toBe(text);
  });

  test('a new version keeps the event’s name and raises its sequence', async () => {
    const path = await make(vera);
    const own = await publishContract(api.owner, { by: ines.id, contract: contractWith({ vendor: 'Own' }) });
    const sequence = async () => {
      const events = readCalendar((await get(path)).text).components;
      const event = events.find((one) => only(one, 'UID').value.startsWith(own.run));
      return event === undefined ? undefined : only(event, 'SEQUENCE').value;
    };
    expect(await sequence()).toBe('1');
    await publishContract(api.owner, { by: ines.id, run: own.run, contract: contractWith({ vendor: 'Own' }) });
    expect(await sequence()).toBe('2');
    await api.owner`update publication set state = 'failed' where run_id = ${own.run}`;
    expect(await sequence()).toBeUndefined();
  });

  test('without any day to act by it is still a whole calendar', async () => {
    const path = await make(vera);
    await api.owner`update publication set state = 'failed' where run_id = ${contract.run}`;
    const { components } = readCalendar((await get(path)).text);
    await api.owner`update publication set state = 'published' where run_id = ${contract.run}`;
    expect(components.map(({ name }) => name)).toEqual(['VTIMEZONE']);
  });

  test('a revoked link, one replaced, one of somebody let go and one made up get the same answer', async () => {
    const tobias = await api.person('approver', 'Tobias');
    const replaced = await make(tobias);
    const revoked = await make(tobias);
    expect((await get(revoked)).status).toBe(200);
    expect((await api.ask(tobias, 'POST', '/api/me/calendar-link/revoke', { body: {} })).status).toBe(200);
    const gone = await make(tobias);
    await api.ask(ines, 'POST', `/api/members/${tobias.id}/deactivate`, { body: {} });
    const madeUp = `/calendar/${'A'.repeat(43)}.ics`;
    const odd = ['/calendar/x.ics', '/calendar/%00.ics', `${madeUp}?token=${gone}`, '/calendar/..%2f..%2fapi.ics'];
    const answers = await Promise.all([replaced, revoked, gone, madeUp, ...odd].map(get));
    for (const { status, text, headers } of answers) {
      expect([status, text]).toEqual([404, 'There is no calendar at this address.\n']);
      expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(headers.get('cache-control')).toBe('private, no-store');
    }
  });

  test('its secret opens nothing else, is kept only as a digest, and is in no log', async () => {
    const path = await make(vera);
    const secret = path.slice('/calendar/'.length, -'.ics'.length);
    for (const key of [secret, path]) expect((await api.ask({ key }, 'GET', '/api/register')).status).toBe(401);
    const cookie = { cookie: `better-auth.session_token=${secret}` };
    expect((await api.ask(undefined, 'GET', '/api/register', { headers: cookie })).status).toBe(401);
    await get(path);
    await api.owner`update calendar_link set revoked_at = now() where person = ${vera.id}`;
    await get(path);
    expect(logged).not.toContain(secret);
    const tables = await api.owner<{ t: string }[]>`
      select table_name as t from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
    for (const { t } of tables) {
      const [row] =
        await api.owner`select count(*)::int as n from ${api.owner(t)} x where x::text like ${`%${secret}%`}`;
      expect([t, row?.['n']]).toEqual([t, 0]);
    }
  });

  test('is made and revoked by its person alone, each time on the record, and admins see that it is there', async () => {
    await make(vera);
    expect((await api.ask(ines, 'GET', '/api/me/calendar-link')).body).toEqual({ madeAt: null });
    const seen = calendarLink.parse((await api.ask(vera, 'GET', '/api/me/calendar-link')).body);
    expect(seen.madeAt).not.toBeNull();
    const asAdmin = memberList.parse((await api.ask(ines, 'GET', '/api/members')).body);
    expect(asAdmin.members.find(({ id }) => id === vera.id)?.calendarLinkSince).toBe(seen.madeAt);
    const asViewer = memberList.parse((await api.ask(vera, 'GET', '/api/members')).body);
    expect(asViewer.members.every(({ calendarLinkSince }) => calendarLinkSince === undefined)).toBe(true);
    const { key } = await api.key(ines, ['read']);
    for (const path of ['/api/me/calendar-link', '/api/me/calendar-link/revoke'])
      expect(codeOf((await api.ask({ key }, 'POST', path, { body: {} })).body)).toBe('not_permitted');
    const before = await api.owner`select kind from event where stream = 'people' and actor = ${`person:${vera.id}`}`;
    await api.ask(vera, 'POST', '/api/me/calendar-link/revoke', { body: {} });
    await api.ask(vera, 'POST', '/api/me/calendar-link/revoke', { body: {} });
    const after = await api.owner`
      select kind from event where stream = 'people' and actor = ${`person:${vera.id}`} order by seq desc`;
    expect(after.length - before.length).toBe(1);
    expect(after[0]?.['kind']).toBe('calendar-link-revoked');
  });

  test('two presses at once leave one link that works', async () => {
    const paths = await Promise.all([make(vera), make(vera), make(vera)]);
    const statuses = await Promise.all(paths.map(async (path) => (await get(path)).status));
    expect(statuses.toSorted()).toEqual([200, 404, 404]);
  });

  test('guessing is slowed down for whoever guesses', async () => {
    let last = 0;
    for (let n = 0; n < 60 && last !== 429; n += 1) last = (await get(`/calendar/guess-${String(n)}.ics`)).status;
    expect(last).toBe(429);
  });
});

describe('the register', () => {
  test('a key with read gets it and its table, and no other key', async () => {
    const read = await api.key(ines, ['read']);
    const start = await api.key(ines, ['runs:start']);
    for (const path of [
      '/api/register',
      '/api/register.csv',
      '/api/contract-figures',
      `/api/register/${contract.run}`,
    ]) {
      expect([path, (await api.ask({ key: read.key }, 'GET', path)).status]).toEqual([path, 200]);
      expect([path, (await api.ask({ key: start.key }, 'GET', path)).status]).toEqual([path, 403]);
      expect([path, (await get(path)).status]).toEqual([path, 401]);
    }
  });

  test.each([
    '?state=everything',
    '?due=31',
    '?due=30&due=1e9',
    `?q=${'x'.repeat(201)}`,
    '?state[]=past',
    '?due=30%3B%20drop%20table%20run',
  ])('a hostile question is refused or answered, never a failure: %s', async (query) => {
    const { status } = await api.ask(vera, 'GET', `/api/register${query}`);
    expect(status).toBeLessThan(500);
    expect((await api.ask(vera, 'GET', `/api/register.csv${query}`)).status).toBe(status);
  });

  test.each(["'; drop table run; --", '%', '_', '.*', '(', '\\', '\u0000', '<script>'])(
    'words are words: %j finds nothing',
    async (q) => {
      const { body } = await api.ask(vera, 'GET', `/api/register?q=${encodeURIComponent(`${q}${q}`)}`);
      expect(register.parse(body).entries).toEqual([]);
    },
  );

  test('reading it changes nothing, and writes nothing on the record', async () => {
    const before = await api.events();
    for (const path of ['/api/register?state=past', '/api/register.csv', '/api/contract-figures']) {
      await api.ask(vera, 'GET', path);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        expect((await api.ask(ines, method, path, { body: { decision: 'approve' } })).status).toBe(404);
    }
    expect(await api.events()).toBe(before);
  });
});
