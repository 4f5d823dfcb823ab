const firstPauseMs = 500;
const longestPauseMs = 5_000;

/** Opens at a failure and lets one try through after a pause that grows; closes at a success. */
export class Breaker {
  private pauseMs = 0;
  private until = 0;

  get isOpen(): boolean {
    return this.pauseMs > 0;
  }

  mayTry(): boolean {
    return Date.now() >= this.until;
  }

  /** True where this closed it: the other side has come back. */
  succeeded(): boolean {
    const was = this.isOpen;
    this.pauseMs = 0;
    this.until = 0;
    return was;
  }

  /** True where this opened it. */
  failed(): boolean {
    const was = this.isOpen;
    // Fifty calls that fail together are one failure.
    if (!this.mayTry()) return false;
    this.pauseMs = Math.min(longestPauseMs, this.pauseMs === 0 ? firstPauseMs : this.pauseMs * 2);
    this.until = Date.now() + this.pauseMs;
    return !was;
  }
}
