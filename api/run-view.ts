import { readRecordingLink } from '../workflows/domain/recording-link.js';
import type { RunSummary as RunRow } from '../db/queries/run.js';
import type { RunThroughRow } from '../db/queries/run-through.js';
import type { Publication, RunSummary } from './contract/runs.js';
import type { RunThrough } from './contract/run-through.js';
import { sourceView } from './source-view.js';

/** Where a publication's receipt is served. */
export function receiptUrl(publicationId: string): string {
  return `/api/published/${publicationId}/receipt`;
}

function publicationView({ hasReceipt, ...rest }: RunRow['publications'][number]): Publication {
  return hasReceipt ? { ...rest, receiptUrl: receiptUrl(rest.id) } : rest;
}

/** A run in short, as pages see it; with its link only where that still reads as one. */
export function runView<R extends RunRow>({
  publications,
  recordingLink,
  ...rest
}: R): Omit<R, 'publications' | 'recordingLink'> & Pick<RunSummary, 'publications' | 'recordingLink'> {
  const link = recordingLink === undefined ? undefined : readRecordingLink(recordingLink);
  return {
    ...rest,
    ...(link?.ok === true && { recordingLink: link.url }),
    publications: publications.map(publicationView),
  };
}

/** A run-through as pages see it. `recording` is the first part, for readers that know of one only. */
export function runThroughView({ recordingId: _id, runId: _run, recordings, ...rest }: RunThroughRow): RunThrough {
  const parts = recordings.map(sourceView);
  const [recording] = parts;
  return { ...rest, ...(recording && { recording }), recordings: parts };
}
