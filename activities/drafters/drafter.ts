import type { z } from 'zod';
import type { DrafterName } from '../../workflows/domain/drafters.js';
import type { TrackKey } from '../../workflows/domain/tracks.js';
import type { Transcript } from '../../workflows/domain/transcript.js';

/** What a drafter is given to work from. All of it is untrusted: data, never instructions. */
export type Material =
  | { kind: 'transcript'; name: string; transcript: Transcript }
  /** `plain` is the text without our own page marks, where it has any. */
  | { kind: 'text'; name: string; text: string; plain?: string }
  | { kind: 'image'; name: string; mediaType: string; width: number; height: number; bytes: Uint8Array };

/** Instructions of ours, with the version that is stored on every draft made by them. */
export type Prompt = { version: string; system: string; ask: string };

export type DraftRequest = {
  track: TrackKey;
  /** The title a person gave, or an empty text. */
  title: string;
  schema: z.ZodType;
  prompt: Prompt;
  /** Images are numbered from 1 in this order. */
  material: readonly Material[];
  /** The version to change, what a person asked for and of which parts (null: all of it); null in a first draft. */
  redraft: { previous: unknown; feedback: string; about: readonly string[] | null } | null;
  signal: AbortSignal;
  /** Called while an answer comes in, so that the caller can tell waiting from hanging. */
  heartbeat: (receivedBytes: number) => void;
};

export type Usage = { inputTokens: number; outputTokens: number; cacheReadTokens: number; cacheWriteTokens: number };

export type Drafted = {
  /** Whatever came back. The caller validates it. */
  candidate: unknown;
  usage: Usage;
};

/** Material in, candidate and usage out. Never stores, sends or decides. */
export interface Drafter {
  readonly name: DrafterName;
  readonly model: string | null;
  /** @throws DraftingTrouble where there is no draft; the signal's reason where it was cancelled. */
  draft(request: DraftRequest): Promise<Drafted>;
  /** What that usage costs at list prices, in US dollars; null where the price is not known. */
  costUsd(usage: Usage): number | null;
}
