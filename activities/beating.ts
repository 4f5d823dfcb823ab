import { Context } from '@temporalio/activity';

const heartbeatMs = 2_000;

/** Says every two seconds that the work goes on, so that it is given to another worker soon after this one was killed. */
export async function beating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), heartbeatMs);
  return work(context.cancellationSignal).finally(() => clearInterval(beat));
}
