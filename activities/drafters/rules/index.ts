import type { TrackKey } from '../../../workflows/domain/tracks.js';
import type { Drafter, DraftRequest, Material } from '../drafter.js';
import { draftSopByRules } from './sop-drafting/index.js';

function sop({ material, title }: DraftRequest): unknown {
  const isTranscript = (item: Material) => item.kind === 'transcript';
  const transcript = material.find(isTranscript)?.transcript ?? { format: 'text', cues: [], warnings: [] };
  const images = material.flatMap((item) => (item.kind === 'image' ? [item.name] : []));
  return draftSopByRules(transcript, title, images);
}

const rules: Record<TrackKey, (request: DraftRequest) => unknown> = { 'sop-drafting': sop };

/** Version of the rules, stored on every draft they make: raised with every change that changes drafts. */
export const rulesVersion = 'rules.v3';

const nothing = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

/**
 * The drafter that needs no model. Rules cannot act on what a person asks for in words, so a redraft is
 * the earlier version as it stood, with the person's own edits, for the person to change.
 */
export const rulesDrafter: Drafter = {
  name: 'rules',
  model: null,
  costUsd: () => 0,
  draft: (request) =>
    Promise.resolve({
      candidate: request.redraft ? request.redraft.previous : rules[request.track](request),
      usage: nothing,
    }),
};
