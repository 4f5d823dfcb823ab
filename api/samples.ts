import { startRun, type Started } from '../db/commands/start-run.js';
import { newId } from '../db/ids.js';
import { valueDigest } from '../workflows/domain/canonical.js';
import { Refusal } from '../workflows/domain/errors.js';
import { cleaningContract } from '../workflows/domain/samples/cleaning-contract.js';
import { visitorLogSample } from '../workflows/domain/samples/visitor-log.js';
import { slugOf } from '../workflows/domain/slug.js';
import type { SourceKind } from '../workflows/domain/sources.js';
import { trackKeys, type TrackKey } from '../workflows/domain/tracks.js';
import type { SourceAdded } from './contract/sources.js';
import type { Deps } from './deps.js';
import { incoming, takeIn } from './intake.js';
import { receiveBytes } from './uploads.js';

type Part = { kind: SourceKind; name: string; bytes: Uint8Array };
type Offered = { key: string; title: string; words: string; parts: readonly Part[] };

const bytesOf = (text: string, encoding: 'utf8' | 'base64' = 'utf8') => Buffer.from(text, encoding);

/** Made-up work, for a first look. A letter has none: it starts from a contract that was published. */
const samples: Partial<Record<TrackKey, Offered>> = {
  'sop-drafting': {
    key: 'visitor-log',
    title: visitorLogSample.title,
    words: 'An invented walk-through with its transcript and a screenshot. One tick and one approval publish it.',
    parts: [
      { kind: 'transcript', name: visitorLogSample.transcriptName, bytes: bytesOf(visitorLogSample.transcript) },
      ...visitorLogSample.screenshots.map(({ name, base64 }) => ({
        kind: 'screenshot' as const,
        name,
        bytes: bytesOf(base64, 'base64'),
      })),
    ],
  },
  'contract-summary': {
    key: 'cleaning-contract',
    title: cleaningContract.title,
    words: 'An invented cleaning contract that renews by itself. Check two values against their page, then approve.',
    parts: [{ kind: 'document', name: cleaningContract.documentName, bytes: bytesOf(cleaningContract.text) }],
  },
};

/** The samples there are. */
export function listSamples() {
  return trackKeys.flatMap((track) => {
    const sample = samples[track];
    return sample === undefined ? [] : [{ key: sample.key, track, title: sample.title, words: sample.words }];
  });
}

/** The recording that goes with the run-through of the SOP's sample. */
export function sampleRecording(): { name: string; bytes: Uint8Array } {
  return { name: visitorLogSample.recordingName, bytes: bytesOf(visitorLogSample.recordingBase64, 'base64') };
}

/** Starts a sample as a person would start a run of their own, marked as a sample. The first one where none is named. */
export async function startSample(deps: Deps, token: string, key: string | undefined): Promise<Started> {
  const track = key === undefined ? 'sop-drafting' : trackKeys.find((one) => samples[one]?.key === key);
  const offered = track && samples[track];
  if (track === undefined || offered === undefined) throw new Refusal('not_found', 'There is no such sample.');
  const { title, parts, key: sample } = offered;
  const sources: SourceAdded[] = [];
  for (const part of parts) sources.push(await takeIn(deps, { token }, await receiveBytes(incoming(deps.data), part)));
  return startRun(deps.db, {
    actor: { token },
    run: { id: newId(), track, title, slug: slugOf(title), sample: true },
    sourceIds: sources.map((source) => source.id),
    idempotencyKey: null,
    bodySha256: valueDigest({ sample }),
  });
}
