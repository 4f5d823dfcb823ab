import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** One timer at a time, which goes on while the record is read in between: a look costs no new timer. */
export class Clock {
  private key: string | undefined;
  private rung = false;
  private scope: CancellationScope | undefined;

  /** Sets the timer for something; the same thing again leaves it as it runs. Answers whether it has rung. */
  set(key: string, inMs: number): () => boolean {
    if (key !== this.key) {
      this.stop();
      this.key = key;
      this.start(Math.max(1, Math.ceil(inMs)));
    }
    return () => this.rung && this.key === key;
  }

  /** Forgets what was set. */
  stop(): void {
    this.scope?.cancel();
    this.scope = undefined;
    this.key = undefined;
    this.rung = false;
  }

  private start(inMs: number): void {
    const scope = new CancellationScope();
    this.scope = scope;
    scope
      .run(() => sleep(inMs))
      .then(
        () => {
          if (this.scope === scope) this.rung = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}
