import type { AskedDrafter, DrafterName } from '../../workflows/domain/drafters.js';
import { claudeDrafter, type ClaudeOptions } from './claude.js';
import type { Drafter } from './drafter.js';
import { DraftingTrouble } from './errors.js';
import { openaiDrafter, type OpenaiOptions } from './openai.js';
import { rulesDrafter } from './rules/index.js';

/** A model that is absent is not set up; where none is, the rules draft. */
export type DrafterSettings = { anthropic?: ClaudeOptions; openai?: OpenaiOptions };

function usual({ anthropic, openai }: DrafterSettings): DrafterName {
  if (anthropic !== undefined) return 'claude';
  return openai === undefined ? 'rules' : 'openai';
}

/**
 * The drafter for a run: the one a person asked for by name, else Claude where it is set up, else the
 * OpenAI-compatible one, else the rules.
 * @throws DraftingTrouble where the one asked for is not set up any more: another is never put in its place silently.
 */
export function chooseDrafter(settings: DrafterSettings, asked: AskedDrafter): Drafter {
  const name = asked === 'default' ? usual(settings) : asked;
  if (name === 'rules') return rulesDrafter;
  if (name === 'claude' && settings.anthropic !== undefined) return claudeDrafter(settings.anthropic);
  if (name === 'openai' && settings.openai !== undefined) return openaiDrafter(settings.openai);
  throw new DraftingTrouble('not_set_up', { drafter: name });
}
