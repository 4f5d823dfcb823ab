import type { Moment, PublishRequest } from '../workflows/gate/standing.js';
import { beating } from './beating.js';
import type { GateDeps } from './deps.js';
import { open, remind, screen, standingOf } from './gate.js';
import { mailNotices } from './notices/mail.js';
import { publish } from './publish.js';
import { withVerb } from './verb.js';

/** The steps that all tracks share. Each carries its verb of the ACE lens. */
export function createSteps(deps: GateDeps) {
  return {
    /** Where the record says a run stands. */
    standing: withVerb('system', (run: string) => standingOf(deps, run)),
    /** Keeps for people what is theirs, before any drafter sees it. */
    screen: withVerb('analyze', (run: string) => screen(deps, run)),
    /** Opens the review of the run's round. */
    openReview: withVerb('system', (run: string) => open(deps, run)),
    /** Tells people that a review's moment has come. */
    remind: withVerb('system', (run: string, review: string, moment: Moment) => remind(deps, run, review, moment)),
    /** Delivers what was approved. */
    publish: withVerb('execute', (request: PublishRequest) => publish(deps, request)),
    /** Delivers what was approved to other machines; it heartbeats, and ends what it began where it is called off. */
    publishFar: withVerb('execute', (request: PublishRequest) =>
      beating((signal) => publish(deps, request, { signal })),
    ),
    /** Mails the notices of a run. */
    mailNotices: withVerb('system', (run: string) => mailNotices(deps, run)),
  };
}
