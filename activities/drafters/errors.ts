import type { Drafter, Usage } from './drafter.js';

/** Why a drafter gave no draft. */
export type TroubleCode =
  | 'refused'
  | 'truncated'
  | 'too_long'
  | 'unfinished'
  | 'malformed'
  | 'wrong_shape'
  | 'not_set_up'
  | 'key_refused'
  | 'not_allowed'
  | 'model_unknown'
  | 'no_credit'
  | 'request_refused'
  | 'rate_limited'
  | 'overloaded'
  | 'provider_error'
  | 'unreachable'
  | 'stalled';

type Kind = {
  /** For the person who waits for the draft; the provider's own text is never in it. */
  words: string;
  /** True where trying again as it is cannot help. */
  final: boolean;
  /** How many attempts are worth their tokens in all; null where waiting costs nothing. */
  maxAttempts: number | null;
};

const wait = (words: string): Kind => ({ words, final: false, maxAttempts: null });
const twice = (words: string): Kind => ({ words, final: false, maxAttempts: 2 });
const stop = (words: string): Kind => ({ words, final: true, maxAttempts: 1 });

const kinds: Record<TroubleCode, Kind> = {
  refused: stop('Claude declined to draft from these sources. Draft with rules only, or write the draft by hand.'),
  truncated: stop(
    'The draft was longer than Claude may write in one go and was cut off, so it was thrown away. Split the transcript, or draft with rules only.',
  ),
  too_long: stop(
    'The sources are longer than Claude can read in one go. Split the transcript, or draft with rules only.',
  ),
  unfinished: twice('Claude stopped before the draft was finished, so it was thrown away. It is tried once more.'),
  malformed: twice('Claude’s answer could not be read, so it was thrown away. It is tried once more.'),
  wrong_shape: twice(
    'Claude’s answer was not a draft of the agreed form, so it was thrown away. It is tried once more.',
  ),
  not_set_up: stop(
    'Claude was asked for and is not set up on this server. Draft with what is set up, or have it set up and try again.',
  ),
  key_refused: stop(
    'Anthropic does not accept the API key. Set ANTHROPIC_API_KEY to a valid key and restart, or draft with rules only.',
  ),
  not_allowed: stop(
    'This API key may not use the model. Ask whoever manages the Anthropic account, or draft with rules only.',
  ),
  model_unknown: stop(
    'Anthropic does not know the model named in ANTHROPIC_MODEL, or ANTHROPIC_BASE_URL leads to the wrong place. Correct it and restart, or draft with rules only.',
  ),
  no_credit: stop('The Anthropic account has no credit left. Add credit and try again, or draft with rules only.'),
  request_refused: stop(
    'Anthropic did not accept the request. Look at the screenshots and the transcript, or draft with rules only.',
  ),
  rate_limited: wait('Anthropic asks to wait: too many requests. Drafting goes on by itself.'),
  overloaded: wait('Claude is overloaded at the moment. Drafting goes on by itself.'),
  provider_error: wait('Anthropic has a fault at the moment. Drafting goes on by itself when it is back.'),
  unreachable: wait('Anthropic cannot be reached. Drafting goes on by itself when it can.'),
  stalled: wait('Claude stopped answering midway, so the part that came was thrown away. Drafting goes on by itself.'),
};

/** The same words where another model than Claude was asked. */
function wordsFor(drafter: Drafter['name'], words: string): string {
  if (drafter !== 'openai') return words;
  return words
    .replace('Claude was asked for', 'The OpenAI-compatible model was asked for')
    .replaceAll('ANTHROPIC_', 'OPENAI_')
    .replace('the Anthropic account', 'the account at the model’s server')
    .replace('The Anthropic account', 'The account at the model’s server')
    .replaceAll('Anthropic', 'The model’s server')
    .replace(/^Claude/, 'The model')
    .replaceAll('Claude', 'the model');
}

/** A drafter gave no draft. Says so in plain words, and whether and when trying again makes sense. */
export class DraftingTrouble extends Error {
  readonly words: string;
  readonly final: boolean;
  readonly maxAttempts: number | null;
  readonly retryAfterMs: number | null;
  /** What the failed attempt cost, where it is known. */
  readonly usage: Usage | null;

  constructor(
    readonly code: TroubleCode,
    more: { drafter?: Drafter['name']; retryAfterMs?: number | null; usage?: Usage | null; cause?: unknown } = {},
  ) {
    const words = wordsFor(more.drafter ?? 'claude', kinds[code].words);
    super(words, { cause: more.cause });
    this.name = 'DraftingTrouble';
    this.words = words;
    this.final = kinds[code].final;
    this.maxAttempts = kinds[code].maxAttempts;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.usage = more.usage ?? null;
  }
}
