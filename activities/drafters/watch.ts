export type WatchOptions = {
  signal: AbortSignal;
  heartbeat: (receivedBytes: number) => void;
  idleTimeoutMs: number;
  totalTimeoutMs: number;
};

/** `fetch` and a signal for one request that is given up when nothing arrives any more. */
export type Watch = { fetch: typeof fetch; signal: AbortSignal; gaveUp: () => boolean; end: () => void };

/**
 * Watches the bytes of one streamed answer, keep-alives included: each renews the idle limit and beats
 * the caller's heart. Ends the request by its signal when the idle or the total limit is over.
 */
export function watched({ signal, heartbeat, idleTimeoutMs, totalTimeoutMs }: WatchOptions): Watch {
  const stop = new AbortController();
  let given = false;
  let received = 0;
  const giveUp = (): void => {
    given = true;
    stop.abort();
  };
  let idle = setTimeout(giveUp, idleTimeoutMs);
  const total = setTimeout(giveUp, totalTimeoutMs);
  const beat = (bytes: number): void => {
    received += bytes;
    clearTimeout(idle);
    idle = setTimeout(giveUp, idleTimeoutMs);
    heartbeat(received);
  };
  const tapped: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    beat(0);
    if (response.body === null) return response;
    const tap = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        beat(chunk.length);
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(tap), { status, statusText, headers });
  };
  return {
    fetch: tapped,
    signal: AbortSignal.any([signal, stop.signal]),
    gaveUp: () => given,
    end: () => {
      clearTimeout(idle);
      clearTimeout(total);
    },
  };
}
