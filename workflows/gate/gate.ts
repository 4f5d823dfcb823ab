import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import { Clock } from './clock.js';
import { Drafting, hasVersion, requestAt } from './drafting.js';
import { Looks, Rest } from './looks.js';
import type { DraftAnswer, DraftRequest, Moment, Standing } from './standing.js';

/** A step's answer: where the run stands now; null where the record knows no such run. */
export type Next = Promise<Standing | null>;

const backOff = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '20s' } as const;

// Short steps against the database and a local folder: inside the workflow task they halve the wait after an approval.
const near = proxyLocalActivities<Activities>({
  startToCloseTimeout: '30s',
  localRetryThreshold: '2s',
  retry: backOff,
});
const mail = proxyActivities<Activities>({ startToCloseTimeout: '2m', retry: { ...backOff, maximumAttempts: 3 } });

// To other machines: minutes may pass, and a worker that goes away is noticed by its missing heartbeat.
const far = proxyActivities<Activities>({ startToCloseTimeout: '15m', heartbeatTimeout: '30s', retry: backOff });

/** Where nothing moves though it should, look again after this long. */
const unmovedMs = 300_000;

/** The wait for a person, shared by all tracks. It decides nothing: it reads the record and does what stands there. */
export class Gate {
  /** The run's id, which is the workflow's. */
  readonly run = workflowInfo().workflowId;
  private readonly looks = new Looks();
  private readonly drafting = new Drafting(this.looks, () => this.standing());
  private readonly clock = new Clock();
  private readonly told = new Set<string>();
  private closing = false;
  private closingFar = false;
  private unmailed = false;
  private mailing: Promise<void> | undefined;

  /** Walks from wherever the record stands to the end, one step after another. A step answers null at the end. */
  async walk(step: (at: Standing) => Next | null): Promise<void> {
    try {
      let at = await this.standing();
      for (let unmoved = 0; at !== null;) {
        this.mail(at);
        const waits = this.looks.waits;
        const next = step(at);
        if (next === null) break;
        const now: Standing | null = await next;
        unmoved = this.looks.waits === waits && now?.state === at.state ? unmoved + 1 : 0;
        at = unmoved < 3 ? now : await this.person(unmovedMs);
      }
    } catch (error) {
      if (!(error instanceof Rest)) throw error;
    }
    await this.drafting.stop();
    await this.mailing;
  }

  /** The way of every track: screened, drafted, reviewed by people, delivered. Only the drafting is the track's own. */
  process(work: (request: DraftRequest) => Promise<DraftAnswer>): Promise<void> {
    return this.walk((at) => {
      switch (at.state) {
        case 'received':
          return this.screen();
        case 'kept-human':
          return this.person();
        case 'drafting':
          return this.draft(at, work);
        case 'in-review':
          return this.review(at);
        case 'approved':
        case 'publishing':
          return this.deliver(at);
        case 'uncertain':
        case 'failed':
          return this.person();
        case 'published':
          return this.close(at);
        case 'rejected':
        case 'withdrawn':
          return null;
      }
    });
  }

  /** Reads the record. */
  standing(): Next {
    return this.looks.read(() => near.standing(this.run));
  }

  /** Keeps for people what is theirs, before any drafter sees it. */
  screen(): Next {
    return this.looks.read(() => near.screen(this.run));
  }

  /** Waits until somebody moves the run, or until it is time to look by oneself. */
  async person(atMostMs?: number): Next {
    this.clock.stop();
    await this.looks.wait(atMostMs === undefined ? undefined : this.clock.set('look', atMostMs));
    return this.standing();
  }

  /** Drafts this round, unless it has a version already, and opens its review. */
  async draft(at: Standing, work: (request: DraftRequest) => Promise<DraftAnswer>): Next {
    const drafted = hasVersion(at) ? 'version' : await this.drafting.round(at, () => work(requestAt(this.run, at)));
    if (drafted === 'version') return this.openReview();
    const now = await this.standing();
    return drafted === 'stopped' && now?.state === 'drafting' ? this.person() : now;
  }

  /** Waits for a decision on the open review; at its two moments a notice goes out, and nothing is decided. */
  async review(at: Standing): Next {
    const { reviewId } = at;
    if (reviewId === null) return this.openReview();
    const moment = this.nextMoment(reviewId, at);
    if (moment === null) return this.person();
    const key = `${reviewId}:${moment.kind}`;
    if (moment.inMs > 0 && (await this.looks.wait(this.clock.set(key, moment.inMs)))) return this.standing();
    this.told.add(key);
    return this.looks.read(() => near.remind(this.run, reviewId, moment.kind));
  }

  /** Delivers what was approved once the decision can no longer be undone, and waits between tries. */
  async deliver(at: Standing): Next {
    const { decisionId, graceInMs, retryInMs } = at;
    if (decisionId === null) return this.person();
    if (graceInMs > 0 || retryInMs > 0) return this.person(Math.max(graceInMs, retryInMs));
    const request = { run: this.run, decision: decisionId };
    return this.looks.read(() => (at.far === true ? far.publishFar(request) : near.publish(request)));
  }

  /** Writes the receipts of what a person found to have arrived, once, and ends. */
  close(at: Standing): Next | null {
    const { decisionId } = at;
    if (!at.receiptless || decisionId === null) return null;
    if (at.far === true && !this.closingFar) {
      this.closingFar = true;
      return this.looks.read(() => far.publishFar({ run: this.run, decision: decisionId }));
    }
    if (this.closing) return null;
    this.closing = true;
    return this.looks.read(() => near.publish({ run: this.run, decision: decisionId }));
  }

  private openReview(): Next {
    return this.looks.read(() => near.openReview(this.run));
  }

  private nextMoment(reviewId: string, at: Standing): { kind: Moment; inMs: number } | null {
    const waiting = (kind: Moment, inMs: number | null) =>
      inMs === null || this.told.has(`${reviewId}:${kind}`) ? null : { kind, inMs };
    return waiting('reminder', at.remindInMs) ?? waiting('due', at.dueInMs);
  }

  // Mail is slow and may fail: it runs beside the process and never holds a decision up.
  private mail(at: Standing): void {
    this.unmailed ||= at.mail;
    if (this.unmailed) this.mailing ??= this.sendMail();
  }

  private async sendMail(): Promise<void> {
    while (this.unmailed) {
      this.unmailed = false;
      await mail.mailNotices(this.run).catch(() => undefined);
    }
    this.mailing = undefined;
  }
}
