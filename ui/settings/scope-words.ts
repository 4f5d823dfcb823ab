import type { KeyScope } from '../../workflows/domain/roles.js';

/** What a key with each scope may do. */
export const scopeWords: Record<KeyScope, { name: string; may: string }> = {
  'runs:start': { name: 'start runs', may: 'gives transcripts and screenshots, and starts runs from them' },
  'requests:write': { name: 'send requests', may: 'puts requests into the Ops queue' },
  'metrics:write': { name: 'send metrics', may: 'adds weekly figures' },
  read: { name: 'read', may: 'reads runs, reviews, what was published, and the timeline' },
};

/** Scopes that something in this release answers to. */
export const usedScopes = ['runs:start', 'read'] as const satisfies readonly KeyScope[];
