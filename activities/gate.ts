import { newId } from '../db/ids.js';
import { openReview, type OpenReview } from '../db/commands/reviews.js';
import { step } from '../db/queries/step.js';
import { policyOf } from '../db/queries/policy.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Moment, Standing } from '../workflows/gate/standing.js';
import type { GateDeps } from './deps.js';
import { tellAbout } from './notices/tell.js';
import { renderAgain } from './prepare.js';
import { screenRun } from './screen.js';

const hour = 3_600_000;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for what can be an id at all; workflows may be started under any name. */
export const isId = (text: string): boolean => id.test(text);

/** Where the record says a run stands; null where it knows no such run, whoever asks about it. */
export async function standingOf(deps: GateDeps, run: string, mail = false, retryInMs = 0): Promise<Standing | null> {
  const at = isId(run) ? await step(deps.db, run) : null;
  return at === null ? null : { ...at, mail: mail && deps.mailer !== undefined, retryInMs };
}

/** The do-not-delegate rules, then where the run stands. */
export async function screen(deps: GateDeps, run: string): Promise<Standing | null> {
  if (!isId(run) || !(await screenRun(deps, run))) return null;
  const at = await standingOf(deps, run);
  const mail = at?.state === 'kept-human' && (await tellAbout(deps, run, 'kept-human', `kept:${run}`));
  return at === null ? null : { ...at, mail: mail && deps.mailer !== undefined };
}

/** Opens the review of the current round, once; renders again first where the address has changed since. */
export async function open(deps: GateDeps, run: string): Promise<Standing | null> {
  const before = await standingOf(deps, run);
  if (before === null || (before.state !== 'drafting' && before.state !== 'in-review')) return before;
  const dates = await dueDates(deps, run);
  const opening = { run, round: before.round, reviewId: newId(), ...dates };
  const opened = await openOrRenderAgain(deps, opening);
  // Not possible as things stand, such as with no place to publish to: the workflow waits and looks again.
  if (opened === undefined) return standingOf(deps, run);
  const template = before.round === 1 ? 'review-opened' : 'redraft-ready';
  const mail = await tellAbout(deps, run, template, `opened:${opened.reviewId}`);
  return standingOf(deps, run, mail);
}

async function openOrRenderAgain(deps: GateDeps, opening: OpenReview): Promise<{ reviewId: string } | undefined> {
  try {
    return await openReview(deps.db, opening);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'unavailable') throw error;
    if (error.code !== 'stale_subject') return undefined;
  }
  await renderAgain(deps, opening.run);
  return openReview(deps.db, opening);
}

async function dueDates({ db, timeScale }: GateDeps, run: string): Promise<{ dueAt: Date; remindAt: Date }> {
  const { dueHours, reminderHours } = await policyOf(db, run);
  const inHours = (hours: number) => new Date(Date.now() + (hours * hour) / timeScale);
  return { dueAt: inHours(dueHours), remindAt: inHours(Math.min(reminderHours, dueHours)) };
}

/** A review's moment has come: a notice goes out, once, and nothing else happens. */
export async function remind(deps: GateDeps, run: string, reviewId: string, moment: Moment): Promise<Standing | null> {
  const at = await standingOf(deps, run);
  if (at === null || at.state !== 'in-review' || at.reviewId !== reviewId) return at;
  const left = moment === 'due' ? at.dueInMs : at.remindInMs;
  // A timer may fire a little early by the database's clock; one that somebody made up is far off.
  if (left === null || left > 1_000) return at;
  const mail = await tellAbout(deps, run, moment, `${moment}:${reviewId}`);
  return { ...at, mail: mail && deps.mailer !== undefined };
}
