import { claudeDrafter, type ClaudeOptions } from './claude.js';
import type { Drafter } from './drafter.js';
import { openaiDrafter, type OpenaiOptions } from './openai.js';
import { rulesDrafter } from './rules/index.js';

/** A model that is absent is not set up; where none is, the rules draft. */
export type DrafterSettings = { anthropic?: ClaudeOptions; openai?: OpenaiOptions };

/** The drafter for a run: Claude where it is set up, else the OpenAI-compatible one, or rules where a person asked. */
export function chooseDrafter(settings: DrafterSettings, asked: 'default' | 'rules'): Drafter {
  if (asked === 'rules') return rulesDrafter;
  if (settings.anthropic !== undefined) return claudeDrafter(settings.anthropic);
  return settings.openai === undefined ? rulesDrafter : openaiDrafter(settings.openai);
}
