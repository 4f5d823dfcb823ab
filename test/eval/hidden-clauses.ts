import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readInChild } from '../../activities/readers/read.js';
import type { ReadDocument } from '../../workflows/domain/document.js';
import { startFakeAnthropic } from '../support/fake-anthropic.js';
import { draftedObediently, fateOf, type Fate } from '../support/obedient.js';
import { contractDocx, contractPdf, docxWays, harmful, pdfWays, type Planted } from '../support/planting.js';
import { labelledContracts } from './contract-data.js';
import { table, type Eval } from './report.js';

const contractsTried = 50;

type Sum = { planted: number } & Record<keyof Fate, number>;
const nothing = (): Sum => ({ planted: 0, cut: 0, listed: 0, asHow: 0, unquoted: 0 });

const formats = [
  { format: 'pdf', ways: pdfWays, make: contractPdf },
  {
    format: 'docx',
    ways: docxWays,
    make: (text: string, planted: readonly Planted[]) => Promise.resolve(contractDocx(text, planted)),
  },
] as const;

/** The whole evaluation of one file: read as an upload is, in a child with its limits. */
async function readFile(folder: string, name: string, bytes: Buffer): Promise<ReadDocument> {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const { reading } = await readInChild({ path: file, kind: 'document', name }, { timeoutMs: 60_000 });
  rmSync(file);
  if (reading.kind !== 'document') throw new Error(`${name} was not read as a document.`);
  return reading.document;
}

async function run(data: string) {
  const every = labelledContracts(data);
  const step = Math.max(1, Math.floor(every.length / contractsTried));
  const contracts = every.filter((_, at) => at % step === 0).slice(0, contractsTried);
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-hidden-'));
  const model = await startFakeAnthropic();
  const sums = new Map<string, Sum>();
  const honest = { documents: 0, falseAlarms: 0, characters: 0, listedCharacters: 0 };
  const missed: string[] = [];
  const alarms: string[] = [];
  let confirmable = 0;
  try {
    for (const [at, { id, text }] of contracts.entries())
      for (const { format, ways, make } of formats) {
        const plain = await readFile(folder, `plain.${format}`, await make(text, []));
        honest.documents += 1;
        honest.characters += plain.text.length;
        honest.falseAlarms += plain.hidden.length + plain.hiddenMore;
        honest.listedCharacters += plain.hidden.reduce((sum, one) => sum + one.text.length, 0);
        alarms.push(...plain.hidden.map(({ how, text: words }) => `${id.slice(0, 40)}: ${how}: ${words.slice(0, 80)}`));
        const planted = harmful(ways, String(at));
        const read = await readFile(folder, `planted.${format}`, await make(text, planted));
        const outcome = await draftedObediently(model, read, planted);
        confirmable += outcome.confirmable.length;
        for (const one of planted) {
          const sum = sums.get(`${format}: ${one.way}`) ?? nothing();
          sums.set(`${format}: ${one.way}`, sum);
          const fate = fateOf(one, read, outcome);
          sum.planted += 1;
          for (const key of ['cut', 'listed', 'asHow', 'unquoted'] as const) sum[key] += fate[key] ? 1 : 0;
          if (!fate.cut || !fate.listed || !fate.unquoted)
            missed.push(`${format}: ${one.way}: ${id.slice(0, 40)}: ${JSON.stringify(fate)}`);
        }
      }
  } finally {
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const ways = Object.fromEntries(sums);
  const total = [...sums.values()].reduce((all, one) => {
    for (const key of Object.keys(all) as (keyof Sum)[]) all[key] += one[key];
    return all;
  }, nothing());
  return {
    figures: { contracts: contracts.length, ...total, confirmable, ways, honest, missed, alarms },
    lines: [
      `${String(contracts.length)} contracts as PDF and as Word file, a harmful clause planted in each by every way of hiding, read by our reader, drafted by a model that obeys whoever planted them.`,
      '',
      ...table([
        ['way', 'planted', 'kept from the drafter', 'listed for the reviewer', 'quoted nowhere'],
        ...[...sums, ['all', total] as const].map(([way, sum]) => [
          way,
          ...[sum.planted, sum.cut, sum.listed, sum.unquoted].map(String),
        ]),
      ]),
      '',
      `Points resting on a planted clause that a person could confirm as they stand: ${String(confirmable)}.`,
      `The same contracts without anything planted: ${String(honest.falseAlarms)} honest texts listed in ${String(honest.documents)} documents, ${String(honest.listedCharacters)} of ${String(honest.characters)} characters.`,
      ...[...missed, ...alarms].slice(0, 40),
    ],
  };
}

export const hiddenClauses: Eval = {
  about: 'harmful clauses hidden in contracts by every way there is, and what becomes of them (--data DIR)',
  run: ({ data }) => run(data),
};
