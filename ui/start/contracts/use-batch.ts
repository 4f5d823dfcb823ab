import { useSyncExternalStore } from 'react';
import { ask } from '../../shared/api.js';
import { useMe } from '../../shared/queries.js';
import { uploadFile, uploadZip } from '../upload.js';
import { ContractBatch, type Effects } from './batch.js';
import { tabMemory } from './memory.js';
import { isBusy, type Row } from './rows.js';

const effects: Effects = {
  send: (file, progress, signal) => uploadFile(file, 'document', progress, signal),
  unpack: uploadZip,
  startRun: (body, key) => ask('post /api/runs', { body, headers: { 'idempotency-key': key } }),
};

const batches = new Map<string, ContractBatch>();

// Leaving the page breaks off what is being sent; another page of this window does not.
window.addEventListener('beforeunload', (event) => {
  if ([...batches.values()].some((batch) => isBusy(batch.rows()))) event.preventDefault();
});

function batchOf(person: string): ContractBatch {
  const batch = batches.get(person) ?? new ContractBatch(effects, tabMemory(person));
  batches.set(person, batch);
  return batch;
}

/** The contracts that the person signed in has dropped in this window, and what can be done with them. */
export function useBatch(): { batch: ContractBatch; rows: readonly Row[] } {
  const batch = batchOf(useMe().person.id);
  return { batch, rows: useSyncExternalStore(batch.subscribe, batch.rows) };
}
