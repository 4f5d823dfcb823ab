import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { FieldName } from '../../workflows/domain/contract-summary/extraction/fields.js';
import { EvalTrouble } from './report.js';

const label = z.object({ text: z.string(), start: z.number(), end: z.number() });
const line = z.object({
  id: z.string(),
  text: z.string(),
  labels: z.record(z.string(), z.array(label)),
  answers: z.record(z.string(), z.string().nullish()),
});

export type LabelledContract = z.infer<typeof line>;

/** The labelled clauses and the field of each. */
export const clauses = {
  'Renewal Term': 'renewal',
  'Notice Period To Terminate Renewal': 'noticeWindow',
  'Expiration Date': 'expiration',
  'Agreement Date': 'agreementDate',
  'Effective Date': 'effectiveDate',
  'Cap On Liability': 'liabilityCap',
  'Termination For Convenience': 'terminationForConvenience',
  'Governing Law': 'governingLaw',
} as const satisfies Record<string, FieldName>;
export type Clause = keyof typeof clauses;
export const clauseNames = Object.keys(clauses).filter((name): name is Clause => name in clauses);

/** Labelled contracts from `contracts/contracts.jsonl` of the data folder, or from the folder itself. */
export function labelledContracts(data: string): LabelledContract[] {
  const places = [path.join(data, 'contracts/contracts.jsonl'), path.join(data, 'contracts.jsonl')];
  const file = places.find((place) => existsSync(place));
  if (file === undefined)
    throw new EvalTrouble(`There are no labelled contracts at ${places.join(' or ')}: say where with --data.`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => line.parse(JSON.parse(row)));
}

/** Who filed a contract: what stands before the first underscore of its id, letters only. */
export const filerOf = (id: string): string => (id.split('_')[0] ?? id).toLowerCase().replace(/[^a-z]/g, '');

/** The fold of each contract. All contracts of a filer share one, and nothing but the filers' names decides. */
export function foldsByFiler(ids: readonly string[], folds: number): number[] {
  const digest = (filer: string) => createHash('sha256').update(filer).digest('hex');
  const filers = [...new Set(ids.map(filerOf))].sort((a, b) => (digest(a) < digest(b) ? -1 : 1));
  return ids.map((id) => filers.indexOf(filerOf(id)) % folds);
}
