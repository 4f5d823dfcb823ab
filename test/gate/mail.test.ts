import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smtpMailer, type Mailer } from '../../activities/notices/mailer.js';
import { until } from '../support/until.js';
import { approve, plainWalkThrough, start } from './acts.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';
import { drafting } from './sop.js';

let house: House;
let ann: Member;
let mailer: Mailer;
const mails: string[] = [];
let refuse = false;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, done) => {
    void text(stream).then((mail) => {
      if (refuse) return done(Object.assign(new Error('Mailbox full'), { responseCode: 552 }));
      mails.push(mail);
      return done();
    });
  },
});

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo; // a listening TCP server has one
  mailer = smtpMailer(`smtp://127.0.0.1:${port}?from=office@team.example`);
  await house.startWorker({ activities: drafting(house), deps: { mailer } });
});
afterAll(async () => {
  mailer.close();
  await house.close();
  await new Promise<void>((closed) => server.close(closed));
});

const mailed = async (run: string) =>
  house.owner<{ template: string; mailed: boolean; trouble: string | null }[]>`
    select template, mailed_at is not null as mailed, mail_trouble as trouble from notice where run_id = ${run}
     order by created_at`;

test('notices are mailed once each, with a link and without a word of the draft', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await approve(house, ann, run);
  await house.temporal.workflow.getHandle(run).result();
  const rows = await mailed(run);
  expect(rows.map(({ template, mailed: done }) => [template, done])).toEqual([
    ['review-opened', true],
    ['published', true],
  ]);
  expect(mails).toHaveLength(2);
  for (const mail of mails) {
    expect(mail).toContain(`/runs/${run}`);
    expect(mail).not.toMatch(/Count the notes|Lock the drawer|cash book/i);
  }
});

test('a mail that the server refuses is on the notice, and is not tried again', async () => {
  refuse = true;
  const before = mails.length;
  const run = await start(house, ann, plainWalkThrough);
  const rows = await until(async () => {
    const found = await mailed(run);
    return found.some(({ trouble }) => trouble?.includes('did not take it')) && found;
  });
  expect(rows[0]).toMatchObject({
    template: 'review-opened',
    mailed: false,
    trouble: 'The mail server did not take it (552).',
  });
  refuse = false;
  await approve(house, ann, run);
  await house.temporal.workflow.getHandle(run).result();
  expect(mails).toHaveLength(before + 1);
});
