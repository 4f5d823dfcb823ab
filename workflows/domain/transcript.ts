import { z } from 'zod';

/** One thing said. Times in milliseconds from the start of the recording, null where the file has none. */
export const cueSchema = z.strictObject({
  index: z.int().min(0),
  startMs: z.int().min(0).nullable(),
  endMs: z.int().min(0).nullable(),
  speaker: z.string().max(200).nullable(),
  text: z.string().min(1),
});
export type Cue = z.infer<typeof cueSchema>;

/** A transcript as read from VTT, SRT, JSON or plain text: the one form every drafter and page sees. */
export const transcriptSchema = z.strictObject({
  format: z.enum(['vtt', 'srt', 'text', 'json']),
  cues: z.array(cueSchema).max(20_000),
  /** What the reader had to leave out or mend, in words, with line numbers. */
  warnings: z.array(z.string()).max(50),
});
export type Transcript = z.infer<typeof transcriptSchema>;
