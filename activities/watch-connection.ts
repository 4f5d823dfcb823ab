import type { NativeConnection } from '@temporalio/worker';

const everyMs = 2_000;
/** Without an answer for so long the connection counts as lost. */
const patienceMs = 10_000;

/**
 * Asks Temporal every two seconds whether it is there; calls `lost` where it stays away for some ten. Answers
 * how to stop asking. The SDK retries a call for long by itself, so the clock here is our own.
 */
export function watchConnection(connection: NativeConnection, lost: () => void): () => void {
  let heardAt = Date.now();
  let asking = false;
  const ask = () => {
    if (Date.now() - heardAt > patienceMs) lost();
    if (asking) return;
    asking = true;
    connection
      .withDeadline(Date.now() + everyMs, () => connection.workflowService.getSystemInfo({}))
      .then(
        () => {
          heardAt = Date.now();
        },
        () => undefined,
      )
      .finally(() => {
        asking = false;
      });
  };
  const timer = setInterval(ask, everyMs);
  return () => clearInterval(timer);
}
