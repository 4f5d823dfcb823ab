import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readInChild } from '../../activities/readers/read.js';
import { indexDocument, matchQuote } from '../../workflows/domain/contract-summary/matching.js';
import { pageAt, type ReadDocument } from '../../workflows/domain/document.js';
import { labelledContracts, type LabelledContract } from './contract-data.js';
import { EvalTrouble, table, type Eval } from './report.js';

type Tally = { quotes: number; verified: number; drifted: number; notFound: number; placed: number };

const idOf = (file: string) => file.replace(/\.pdf$/i, '');

/** Every quote of a contract that an expert marked, looked up in the words that our reader took from its PDF. */
function tally(contract: LabelledContract, read: ReadDocument, missed: string[]): Tally {
  const index = indexDocument(read.text);
  const sum: Tally = { quotes: 0, verified: 0, drifted: 0, notFound: 0, placed: 0 };
  for (const { text } of Object.values(contract.labels).flat()) {
    const found = matchQuote(index, text);
    sum.quotes += 1;
    if (found.state === 'verified') sum.verified += 1;
    else if (found.state === 'drifted') sum.drifted += 1;
    else sum.notFound += 1;
    if (found.state !== 'verified') missed.push(`${contract.id.slice(0, 40)}: ${text.slice(0, 120)}`);
    const at = found.state === 'not-found' ? undefined : found.passages[0]?.from;
    const page = at === undefined ? undefined : read.pages[pageAt(read, at) - 1];
    // A place is one where the page draws something: a run of words that covers it.
    if (at !== undefined && page?.runs.some((from, n) => n % 6 === 0 && from <= at && at < (page.runs[n + 1] ?? 0)))
      sum.placed += 1;
  }
  return sum;
}

async function run(data: string) {
  const folder = [path.join(data, 'contracts/pdf'), path.join(data, 'pdf')].find((place) => existsSync(place));
  if (folder === undefined) throw new EvalTrouble(`There are no PDFs at ${path.join(data, 'contracts/pdf')}.`);
  const contracts = new Map(labelledContracts(data).map((contract) => [contract.id, contract]));
  const missed: string[] = [];
  const total: Tally = { quotes: 0, verified: 0, drifted: 0, notFound: 0, placed: 0 };
  let files = 0;
  for (const file of readdirSync(folder)) {
    const contract = contracts.get(idOf(file));
    if (contract === undefined) continue;
    const { reading } = await readInChild(
      { path: path.join(folder, file), kind: 'document', name: file },
      { timeoutMs: 60_000 },
    );
    if (reading.kind !== 'document') continue;
    files += 1;
    const sum = tally(contract, reading.document, missed);
    for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += sum[key];
  }
  return {
    figures: { files, ...total, missed },
    lines: [
      `${String(files)} PDFs as filed, read by our reader, and every quote that an expert marked in them looked up.`,
      '',
      ...table([
        ['quotes', 'verified', 'drifted', 'not found', 'with a place on the page'],
        [total.quotes, total.verified, total.drifted, total.notFound, total.placed].map(String),
      ]),
      ...(missed.length === 0 ? [] : ['', 'Not verified:', ...missed.slice(0, 40)]),
    ],
  };
}

export const contractQuotes: Eval = {
  about: 'quotes marked by experts, found in the PDFs they were marked in (--data DIR)',
  run: ({ data }) => run(data),
};
