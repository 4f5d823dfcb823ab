import type { z } from 'zod';
import { sopReview } from '../../api/contract/reviews.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import type { App } from '../support/app.js';
import type { TestPerson } from '../support/people.js';
import { confirmAll, openReview, runThroughAll, startSop } from '../support/sop-client.js';

const recording = Buffer.from(visitorLogSample.recordingBase64, 'base64');
let topics = 0;

export type SopReview = z.infer<typeof sopReview>;

/** A review as that person is served it. */
export function reviewOfRun(person: TestPerson, reviewId: string): Promise<SopReview> {
  return person.client.ask(sopReview, 'GET', `/api/reviews/${reviewId}`);
}

/** A run that lacks nothing but a decision: every step run, every decision point confirmed. */
export async function readyRun(_app: App, operator: TestPerson): Promise<{ runId: string; reviewId: string }> {
  topics += 1;
  const runId = await startSop(operator.client, `till ${String(topics)}`);
  const review = await openReview(operator.client, runId);
  await runThroughAll(operator.client, review, recording);
  await confirmAll(operator.client, review);
  return { runId, reviewId: review.id };
}
