import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Record } from './chain.js';
import { bytesOf, must, Row, sha256, signatureHolds } from './reading.js';

type Keys = ReadonlyMap<string, string>;

function signedText(number: number, digest: string, keyId: string): string {
  return ['countersign checkpoint v1', `number: ${number}`, `digest: ${digest}`, `key: ${keyId}`, ''].join('\n');
}

function checkSeal(row: Row, keys: Keys): void {
  const [number, digest, keyId] = [row.int('number'), row.text('digest'), row.text('keyId')];
  must(sha256(row.text('body')) === digest, `Checkpoint ${number} is not as it was written.`);
  const key = keys.get(keyId);
  must(key !== undefined, `Checkpoint ${number}: key ${keyId} is not among the keys to check with.`);
  must(
    signatureHolds(signedText(number, digest, keyId), row.text('signature'), key),
    `The signature of checkpoint ${number} is not valid.`,
  );
}

/** Every stream reaches at least as far as each checkpoint says, with the same hash there, and none goes back. */
export function checkCheckpoints(rows: readonly Row[], record: Record, keys: Keys): void {
  const heads = new Map<string, number>();
  let previous = '0'.repeat(64);
  rows.forEach((row, index) => {
    const number = row.int('number');
    must(number === index + 1, `Checkpoint ${index + 1} is missing: ${number} comes in its place.`);
    checkSeal(row, keys);
    const body = Row.parse(row.text('body'), `Checkpoint ${number}`);
    must(
      body.int('number') === number && body.text('at') === row.text('at'),
      `Checkpoint ${number} says another number or time.`,
    );
    must(body.text('previous') === previous, `Checkpoint ${number} does not follow from the one before it.`);
    previous = row.text('digest');
    for (const head of body.rows('heads')) {
      const [stream, seq] = [head.text('stream'), head.int('seq')];
      must(seq > (heads.get(stream) ?? 0), `Checkpoint ${number}: ${stream} goes backwards.`);
      const event = record.get(stream)?.[seq - 1];
      must(event !== undefined, `The record was cut off: checkpoint ${number} saw event ${seq} of ${stream}.`);
      must(event.hash === head.text('hash'), `Event ${seq} of ${stream} is another than checkpoint ${number} saw.`);
      heads.set(stream, seq);
    }
    const events = [...heads.values()].reduce((sum, seq) => sum + seq, 0);
    must(
      events === body.int('events'),
      `Checkpoint ${number} counted ${body.int('events')} events, and its heads say ${events}.`,
    );
  });
  checkSealEvents(rows, record);
}

/** Sealing is an event itself: a checkpoint taken out of the list leaves its event behind, and the other way round. */
function checkSealEvents(rows: readonly Row[], record: Record): void {
  const sealed = (record.get('checkpoints') ?? []).filter((event) => event.kind === 'checkpoint-sealed');
  const written = sealed.map((event) => `${event.body.int('number')} ${event.body.text('digest')}`);
  const listed = rows.map((row) => `${row.int('number')} ${row.text('digest')}`);
  for (let index = 0; index < Math.max(written.length, listed.length); index += 1) {
    must(written[index] === listed[index], `Checkpoint ${index + 1} and the event of its sealing do not agree.`);
  }
}

/** Copies that left the database (beside the published files) say the same: without them nobody sees a missing end. */
export function checkCopies(folder: string, rows: readonly Row[], keys: Keys): number {
  must(existsSync(folder), `${folder} is missing.`);
  const files = readdirSync(folder).filter((file) => /^\d+\.json$/.test(file));
  for (const file of files) {
    const copy = Row.parse(bytesOf(join(folder, file)).toString('utf8'), join(folder, file));
    checkSeal(copy, keys);
    const listed = rows[copy.int('number') - 1];
    must(
      listed !== undefined && listed.text('digest') === copy.text('digest'),
      `Checkpoint ${copy.int('number')} of ${folder} is not in the record: its end was cut off or replaced.`,
    );
  }
  return files.length;
}
