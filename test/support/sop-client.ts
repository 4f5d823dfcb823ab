import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Client } from './client.js';
import { until } from './until.js';

const withId = z.object({ id: z.string() });
const runView = z.object({ id: z.string(), state: z.string(), reviewId: z.string().optional() });
const reviewView = z.object({
  id: z.string(),
  runId: z.string(),
  state: z.string(),
  subjectDigest: z.string(),
  draftVersion: z.number(),
  requirements: z.array(
    z.object({ key: z.string(), kind: z.string(), valueDigest: z.string(), fulfilled: z.boolean() }),
  ),
});
export type RunView = z.infer<typeof runView>;
export type ReviewView = z.infer<typeof reviewView>;

export const walkThrough = (topic: string) => `WEBVTT

00:00:01.000 --> 00:00:06.000
Owen Tran: This is how we close the ${topic} at the end of the day.

00:00:07.000 --> 00:00:12.000
Owen Tran: First open the ${topic} register and check the last entry.

00:00:13.000 --> 00:00:19.000
Owen Tran: Then click Close day, and you should see the date turn grey.
`;

/** A new SOP run from a transcript; answers with its id. The key makes a repeated start the same run. */
export async function startSop(client: Client, topic: string, key: string = newId()): Promise<string> {
  const source = await client.ask(withId, 'POST', '/api/sources', {
    kind: 'transcript',
    name: `${topic}.vtt`,
    text: walkThrough(topic),
  });
  const body = { track: 'sop-drafting', title: `Closing the ${topic}`, sources: [source.id] };
  const run = await client.ask(withId, 'POST', '/api/runs', body, { 'idempotency-key': key });
  return run.id;
}

export const getRun = (client: Client, runId: string): Promise<RunView> =>
  client.ask(runView, 'GET', `/api/runs/${runId}`);

/** The run's open review, waited for. */
export async function openReview(client: Client, runId: string, withinMs = 60_000): Promise<ReviewView> {
  const run = await until(
    async () => {
      const found = await getRun(client, runId);
      return found.state === 'in-review' && found.reviewId !== undefined ? found : undefined;
    },
    { withinMs, everyMs: 50, what: `the review of run ${runId}` },
  );
  return client.ask(reviewView, 'GET', `/api/reviews/${run.reviewId}`);
}

/** Runs every step of the current version on a recording. */
export async function runThroughAll(client: Client, review: ReviewView, recording: Uint8Array): Promise<void> {
  const path = `/api/runs/${review.runId}/run-throughs`;
  const { id } = await client.ask(withId, 'POST', path, {});
  for (const item of review.requirements.filter(
    (requirement) => requirement.kind === 'run-through' && !requirement.fulfilled,
  )) {
    await client.ask(z.unknown(), 'PATCH', `${path}/${id}`, {
      step: item.key.replace('run-through:', ''),
      stepDigest: item.valueDigest,
      result: 'as-written',
    });
  }
  const chunk = { 'content-type': 'video/webm' };
  await client.ask(z.unknown(), 'POST', `${path}/${id}/recording?offset=0&last=true`, recording, chunk);
  await client.ask(z.unknown(), 'POST', `${path}/${id}/finish`, {});
}

/** Meets every requirement that one act of confirming can meet. */
export async function confirmAll(client: Client, review: ReviewView): Promise<void> {
  for (const item of review.requirements.filter(
    (requirement) => requirement.kind === 'confirm' && !requirement.fulfilled,
  )) {
    await client.ask(z.unknown(), 'POST', `/api/reviews/${review.id}/fulfilments`, {
      key: item.key,
      valueDigest: item.valueDigest,
    });
  }
}

export const decided = z.object({ id: z.string(), decision: z.string(), signature: z.string() });

export const decide = (
  client: Client,
  review: Pick<ReviewView, 'id' | 'subjectDigest'>,
  decision: string,
  reason?: string,
) =>
  client.ask(decided, 'POST', `/api/reviews/${review.id}/decision`, {
    decision,
    subjectDigest: review.subjectDigest,
    ...(reason === undefined ? {} : { reason }),
  });
