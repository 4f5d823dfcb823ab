import type { NativeConnection } from '@temporalio/worker';

const everyMs = 2_000;
/** Misses in a row before the connection counts as lost. */
const patience = 5;

/** Asks Temporal every two seconds whether it is there; calls `lost` where it stays away. Answers how to stop asking. */
export function watchConnection(connection: NativeConnection, lost: () => void): () => void {
  let misses = 0;
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    connection
      .withDeadline(Date.now() + everyMs, () => connection.workflowService.getSystemInfo({}))
      .then(
        () => {
          misses = 0;
        },
        () => {
          misses += 1;
          if (misses >= patience) lost();
        },
      )
      .finally(() => {
        asking = false;
      });
  }, everyMs);
  return () => clearInterval(timer);
}
