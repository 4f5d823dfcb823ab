import { claudeDrafter } from './claude.js';
import type { Drafter } from './drafter.js';
import { rulesDrafter } from './rules/index.js';

export type DrafterSettings = {
  /** Absent: no key is set, and the rules draft. */
  anthropic?: { apiKey: string; baseUrl?: string; model?: string; idleTimeoutMs?: number };
};

/** The drafter for a run: what its settings allow, or rules where a person asked for them. */
export function chooseDrafter(settings: DrafterSettings, asked: 'default' | 'rules'): Drafter {
  return asked === 'rules' || settings.anthropic === undefined ? rulesDrafter : claudeDrafter(settings.anthropic);
}
