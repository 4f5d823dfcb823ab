import type { QueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';

const message = z.union([
  z.object({ run: z.string() }),
  z.object({ scope: z.enum(['people', 'settings']) }),
  z.object({ again: z.literal(true) }),
]);
type Message = z.infer<typeof message>;

const lockName = 'countersign-live';
const gatherMs = 200;

/** Which areas of the cache a change of a run or of the house may touch. */
const ofRuns = new Set([
  'inbox',
  'run',
  'runs',
  'review',
  'published',
  'register',
  'timeline',
  'notices',
  'checklist',
  'draft',
  'me',
]);
const ofHouse = new Set([
  'me',
  'members',
  'invitations',
  'keys',
  'targets',
  'tracks',
  'settings',
  'timeline',
  'register',
  'calendar-link',
  'checklist',
]);

/** The run that cached data is about, where it is about one. */
function runOf(key: readonly unknown[], data: unknown): unknown {
  if (key[0] === 'run') return key[1];
  // An entry changes with the run that takes its place, which is another one.
  if (key[0] === 'register') return undefined;
  if (typeof data === 'object' && data !== null && 'runId' in data) return data.runId;
  return undefined;
}

function refetch(client: QueryClient, gathered: readonly Message[]) {
  const all = gathered.some((m) => 'again' in m);
  const runs = new Set(gathered.flatMap((m) => ('run' in m ? [m.run] : [])));
  const house = gathered.some((m) => 'scope' in m);
  void client.invalidateQueries({
    predicate: ({ queryKey, state }) => {
      const area = String(queryKey[0]);
      if (all) return ofRuns.has(area) || ofHouse.has(area);
      if (house && ofHouse.has(area)) return true;
      if (runs.size === 0 || !ofRuns.has(area)) return false;
      const about = runOf(queryKey, state.data);
      return typeof about === 'string' ? runs.has(about) : true;
    },
  });
}

function read(data: unknown): Message | undefined {
  try {
    const parsed = message.safeParse(typeof data === 'string' ? JSON.parse(data) : data);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Opens the stream and hands on what it says; after a break everything is asked again, since changes may have been missed. */
function listen(tell: (message: Message) => void): () => void {
  let broken = false;
  const stream = new EventSource('/api/events');
  const hear = (event: MessageEvent) => {
    const heard = read(event.data);
    if (heard) tell(heard);
  };
  stream.addEventListener('change', hear);
  stream.addEventListener('message', hear);
  stream.addEventListener('error', () => {
    broken = true;
  });
  stream.addEventListener('open', () => {
    if (broken) tell({ again: true });
    broken = false;
  });
  return () => stream.close();
}

/**
 * Keeps this page live. One window of the browser holds the connection (whoever holds the lock) and passes
 * ids on to the others; when it closes, the next takes over. Without locks (plain http) each window listens.
 */
export function startLive(client: QueryClient): () => void {
  let gathered: Message[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (heard: Message) => {
    gathered.push(heard);
    timer ??= setTimeout(() => {
      const now = gathered;
      gathered = [];
      timer = undefined;
      refetch(client, now);
    }, gatherMs);
  };

  if (!('locks' in navigator) || !('BroadcastChannel' in window)) {
    const stop = listen(take);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }

  const channel = new BroadcastChannel(lockName);
  channel.addEventListener('message', (event: MessageEvent) => {
    const heard = read(event.data);
    if (heard) take(heard);
  });
  const ended = new AbortController();
  navigator.locks
    .request(lockName, { signal: ended.signal }, async () => {
      // Granted in the moment it was given up.
      if (ended.signal.aborted) return;
      const stop = listen((heard) => {
        take(heard);
        channel.postMessage(heard);
      });
      // A new leader may have missed what came between the two.
      take({ again: true });
      await new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve(), { once: true }));
      stop();
    })
    .catch(() => {
      // Aborted while waiting its turn: this page was left.
    });
  return () => {
    ended.abort();
    channel.close();
    clearTimeout(timer);
  };
}
