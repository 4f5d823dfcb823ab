import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInChild } from '../../activities/readers/read.js';
import { hidingWays, type ReadDocument } from '../../workflows/domain/document.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';
import { contractOf } from '../support/contract-texts.js';
import { startFakeAnthropic, type FakeAnthropic } from '../support/fake-anthropic.js';
import { draftedObediently, fateOf } from '../support/obedient.js';
import { freshFolder } from '../support/harness.js';
import { contractDocx, contractPdf, docxWays, harmful, pdfWays } from '../support/planting.js';

const contracts = [
  cleaningContract.text,
  contractOf({
    ...{ vendor: 'Alder & Sons <Ltd>', signed: 'May 4, 2021', years: 3, noticeDays: 60, cap: 250_000, state: 'Ohio' },
    ...{ filler: 40, spaces: ' ' },
  }),
];
const formats = [
  { format: 'pdf', ways: pdfWays, make: contractPdf },
  { format: 'docx', ways: docxWays, make: contractDocx },
] as const;

/** As an upload is read: in a child with its limits. */
async function readAs(format: string, bytes: Buffer): Promise<ReadDocument> {
  const path = join(freshFolder('planted'), `contract.${format}`);
  writeFileSync(path, bytes);
  const { reading } = await readInChild({ path, kind: 'document', name: `contract.${format}` });
  if (reading.kind !== 'document') throw new Error('It was not read as a document.');
  return reading.document;
}

let model: FakeAnthropic;
beforeAll(async () => {
  model = await startFakeAnthropic();
});
afterAll(() => model.close());

test('every way of hiding that is told apart is tried', () => {
  expect(new Set([...pdfWays, ...docxWays].map(({ how }) => how))).toEqual(new Set(hidingWays));
});

describe.each(formats)('a harmful clause hidden in a contract as $format', ({ format, ways, make }) => {
  test.each(contracts.map((text, at) => [at, text] as const))(
    'is kept from the drafter, listed, and quoted nowhere by a model that obeys it (contract %i)',
    async (at, text) => {
      const planted = harmful(ways, String(at));
      const read = await readAs(format, await make(text, planted));
      const outcome = await draftedObediently(model, read, planted);
      const fates = Object.fromEntries(planted.map((one) => [one.way, fateOf(one, read, outcome)]));
      const safe = { cut: true, listed: true, asHow: true, unquoted: true };
      expect(fates).toEqual(Object.fromEntries(planted.map(({ way }) => [way, safe])));
      expect(outcome.confirmable).toEqual([]);
      expect(outcome.contract.documents[0]?.hidden).toBe(read.hidden.length);
    },
  );

  test.each(contracts.map((text, at) => [at, text] as const))(
    'is not seen where there is none (contract %i)',
    async (_, text) => {
      expect((await readAs(format, await make(text, []))).hidden).toEqual([]);
    },
  );
});
