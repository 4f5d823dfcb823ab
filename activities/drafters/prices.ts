import type { Usage } from './drafter.js';

type Price = { input: number; output: number; cacheWrite: number; cacheRead: number };

/** Anthropic's list prices in US dollars for a million tokens, as of November 2026. A model that is not here has no cost shown. */
const prices: Record<string, Price> = {
  'claude-opus-5-5': { input: 4, output: 20, cacheWrite: 5, cacheRead: 0.2 },
  'claude-sonnet-5-5': { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.1 },
  'claude-haiku-5-5': { input: 0.1, output: 0.5, cacheWrite: 0.125, cacheRead: 0.01 },
};

/** Haiku 5.5 costs five times as much where the prompt is longer than this. */
const longPrompt: Record<string, { tokens: number; times: number }> = {
  'claude-haiku-5-5': { tokens: 100_000, times: 5 },
};

/** Cost of one answer at list prices, or null where the price is not known. */
export function costUsd(model: string, usage: Usage): number | null {
  const price = prices[model];
  if (price === undefined) return null;
  const prompt = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  const band = longPrompt[model];
  const times = band !== undefined && prompt > band.tokens ? band.times : 1;
  const micro =
    usage.inputTokens * price.input +
    usage.outputTokens * price.output +
    usage.cacheWriteTokens * price.cacheWrite +
    usage.cacheReadTokens * price.cacheRead;
  return Number(((micro * times) / 1_000_000).toFixed(6));
}
