import { startRun, type Started } from '../db/commands/start-run.js';
import { newId } from '../db/ids.js';
import { valueDigest } from '../workflows/domain/canonical.js';
import { Refusal } from '../workflows/domain/errors.js';
import { visitorLogSample, type Sample } from '../workflows/domain/samples/visitor-log.js';
import { slugOf } from '../workflows/domain/slug.js';
import type { SourceKind } from '../workflows/domain/sources.js';
import type { TrackKey } from '../workflows/domain/tracks.js';
import type { SourceAdded } from './contract/sources.js';
import type { Deps } from './deps.js';
import { incoming, takeIn } from './intake.js';
import { receiveBytes } from './uploads.js';

/** Made-up work of each track, for a first look. */
const samples: Record<TrackKey, { key: string; words: string; sample: Sample }> = {
  'sop-drafting': {
    key: 'visitor-log',
    words: 'An invented walk-through with its transcript and a screenshot. One tick and one approval publish it.',
    sample: visitorLogSample,
  },
};

const track: TrackKey = 'sop-drafting';

/** The samples there are. */
export function listSamples() {
  const { key, words, sample } = samples[track];
  return [{ key, track, title: sample.title, words }];
}

/** The recording that goes with the sample's run-through. */
export function sampleRecording(): { name: string; bytes: Uint8Array } {
  const { sample } = samples[track];
  return { name: sample.recordingName, bytes: Buffer.from(sample.recordingBase64, 'base64') };
}

type Part = { kind: SourceKind; name: string; bytes: Uint8Array };

function parts(sample: Sample): Part[] {
  return [
    { kind: 'transcript', name: sample.transcriptName, bytes: Buffer.from(sample.transcript, 'utf8') },
    ...sample.screenshots.map(({ name, base64 }) => ({
      kind: 'screenshot' as const,
      name,
      bytes: Buffer.from(base64, 'base64'),
    })),
  ];
}

/** Starts the sample as a person would start a run of their own, marked as a sample. */
export async function startSample(deps: Deps, token: string, key: string | undefined): Promise<Started> {
  const found = samples[track];
  if (key !== undefined && key !== found.key) throw new Refusal('not_found', 'There is no such sample.');
  const { title } = found.sample;
  const sources: SourceAdded[] = [];
  for (const part of parts(found.sample))
    sources.push(await takeIn(deps, { token }, await receiveBytes(incoming(deps.data), part)));
  return startRun(deps.db, {
    actor: { token },
    run: { id: newId(), track, title, slug: slugOf(title), sample: true },
    sourceIds: sources.map((source) => source.id),
    idempotencyKey: null,
    bodySha256: valueDigest({ sample: found.key }),
  });
}
