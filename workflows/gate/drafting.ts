import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { Looks } from './looks.js';
import type { DraftAnswer, DraftRequest, Standing } from './standing.js';

/** How a stretch of drafting ended: a version is there; a person moved the run; or only a person can move it now. */
export type Drafted = 'version' | 'moved' | 'stopped';

/** A drafter at work, which people can overtake: by withdrawing, by asking for another drafter, by writing it themselves. */
export class Drafting {
  private under: { scope: CancellationScope; settled: Promise<unknown> } | undefined;

  constructor(
    private readonly looks: Looks,
    private readonly standing: () => Promise<Standing | null>,
  ) {}

  /** Drafts one round until there is a version to review. */
  async round(at: Standing, work: () => Promise<DraftAnswer>): Promise<Drafted> {
    await this.stop();
    let ended: Drafted | undefined;
    const scope = new CancellationScope();
    const settled = scope.run(work).then(
      ({ outcome }) => {
        ended = outcome === 'stored' ? 'version' : 'stopped';
      },
      (error: unknown) => {
        ended = isCancellation(error) ? 'moved' : 'stopped';
      },
    );
    this.under = { scope, settled };
    for (;;) {
      await condition(() => ended !== undefined || this.looks.pending);
      if (ended !== undefined) return ended;
      const now = await this.standing();
      // Their version counts; the drafter's goes on and is kept beside it as an alternative.
      if (now !== null && hasVersion(now) && now.round === at.round) return 'version';
      if (now === null || overtaken(at, now)) {
        await this.stop();
        return 'moved';
      }
    }
  }

  /** Ends what is under way, if anything is. */
  async stop(): Promise<void> {
    const { under } = this;
    this.under = undefined;
    under?.scope.cancel();
    await under?.settled;
  }
}

/** True where this round has a version that counts. */
export function hasVersion(at: Standing): boolean {
  return at.version !== null && at.versionRound === at.round;
}

function overtaken(then: Standing, now: Standing): boolean {
  return (
    now.state !== 'drafting' || now.round !== then.round || now.drafter !== then.drafter || now.retries !== then.retries
  );
}

/** What a drafting activity is asked, for a run at this point. */
export function requestAt(run: string, at: Standing): DraftRequest {
  return { run, round: at.round, drafter: at.drafter };
}
