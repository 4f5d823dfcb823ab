import { join } from 'node:path';
import { checkChains } from './chain.js';
import { checkGate } from './gate.js';
import { bytesOf, keyIdOf, linesOf, must, Row } from './reading.js';
import { checkCheckpoints, checkCopies } from './seals.js';

function exportedKeys(path: string): string[] {
  const value: unknown = JSON.parse(bytesOf(path).toString('utf8'));
  must(Array.isArray(value), `${path} is not a list of keys.`);
  return value.map((item: unknown, index) => {
    const row = Row.of(item, `${path}, key ${index + 1}`);
    must(keyIdOf(row.text('publicKey')) === row.text('keyId'), `${path}: key ${row.text('keyId')} has another's name.`);
    return row.text('publicKey');
  });
}

/** Checks a whole exported record. Answers what holds, in words. */
export function checkExport(
  folder: string,
  trusted: readonly string[] | undefined,
  copies: string | undefined,
): string {
  const keys = new Map((trusted ?? exportedKeys(join(folder, 'keys.json'))).map((key) => [keyIdOf(key), key]));
  const record = checkChains(linesOf(join(folder, 'record.jsonl')));
  const checkpoints = linesOf(join(folder, 'checkpoints.jsonl'));
  checkCheckpoints(checkpoints, record, keys);
  const outside = copies === undefined ? 0 : checkCopies(copies, checkpoints, keys);
  const rows = {
    decisions: linesOf(join(folder, 'decisions.jsonl')),
    subjects: linesOf(join(folder, 'subjects.jsonl')),
  };
  const { decisions, published } = checkGate(rows, record, keys);
  const events = [...record.values()].reduce((sum, stream) => sum + stream.length, 0);
  const with_ = trusted === undefined ? 'the keys inside the export itself' : 'the key you gave';
  const last = checkpoints.at(-1);
  return [
    `${events} events in ${record.size} streams are whole.`,
    `${decisions} decisions are signed and on the record; ${published} publications each have their approval.`,
    last === undefined
      ? 'There is no checkpoint, so a cut-off end could not be seen.'
      : `${checkpoints.length} checkpoints hold, the last of ${last.text('at')}${outside > 0 ? `, ${outside} of them as kept outside` : ''}.`,
    `Signatures checked with ${with_}.`,
  ].join(' ');
}
