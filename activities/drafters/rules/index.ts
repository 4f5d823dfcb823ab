import { extractContract } from '../../../workflows/domain/contract-summary/extraction/extract.js';
import { contractByRules } from '../../../workflows/domain/contract-summary/from-rules.js';
import { letterByRules } from '../../../workflows/domain/notice-letter/from-rules.js';
import { letterFactsSchema } from '../../../workflows/domain/notice-letter/schema.js';
import type { TrackKey } from '../../../workflows/domain/tracks.js';
import type { Drafter, DraftRequest, Material } from '../drafter.js';
import { learnedWeights } from './contract-summary/weights.js';
import { draftSopByRules } from './sop-drafting/index.js';

function sop({ material, title }: DraftRequest): unknown {
  const isTranscript = (item: Material) => item.kind === 'transcript';
  const transcript = material.find(isTranscript)?.transcript ?? { format: 'text', cues: [], warnings: [] };
  const images = material.flatMap((item) => (item.kind === 'image' ? [item.name] : []));
  return draftSopByRules(transcript, title, images);
}

function contract({ material, title }: DraftRequest): unknown {
  const documents = material.flatMap((item) => {
    const text = item.kind === 'text' ? (item.plain ?? item.text) : undefined;
    return text === undefined ? [] : [{ text, extraction: extractContract(text, learnedWeights) }];
  });
  return contractByRules(documents, title);
}

/** The letter's only material is code's own facts, as JSON. */
function letter({ material }: DraftRequest): unknown {
  const [first] = material;
  const facts = letterFactsSchema.parse(JSON.parse((first?.kind === 'text' && first.plain) || 'null'));
  return letterByRules(facts, facts.writtenOn);
}

const rules: Record<TrackKey, (request: DraftRequest) => unknown> = {
  'sop-drafting': sop,
  'contract-summary': contract,
  'notice-letter': letter,
};

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
