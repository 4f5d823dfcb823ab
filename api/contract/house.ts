import { z } from 'zod';
import { cursor, id, time, track } from './common.js';
import { runState } from './runs.js';

/** `GET /api/checklist`: the first ten minutes. Items in order; the first open one is the next thing. */
export const checklist = z.object({
  items: z.array(
    z.object({
      key: z.enum(['owner', 'drafter', 'sample', 'published', 'own-run', 'colleague']),
      done: z.boolean(),
      /** May stay open: it counts as nothing missing. */
      optional: z.boolean(),
      /** The run it leads to, where there is one. */
      runId: id.optional(),
      reviewId: id.optional(),
    }),
  ),
  complete: z.boolean(),
});
export type Checklist = z.infer<typeof checklist>;

/** `GET /api/samples`, `POST /api/samples`. */
export const sampleList = z.object({
  samples: z.array(z.object({ key: z.string(), track, title: z.string(), words: z.string() })),
});
export const startSample = z.strictObject({ key: z.string().max(60).optional() });

/** `GET /api/search?q=`. */
export const searchQuery = z.object({ q: z.string().trim().min(1).max(200) });
export const searchHit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), id, reviewId: id.optional(), title: z.string(), track, state: runState }),
  z.object({
    kind: z.literal('published'),
    id,
    runId: id,
    title: z.string(),
    track,
    publishedAt: time,
    superseded: z.boolean(),
  }),
  z.object({ kind: z.literal('person'), id, title: z.string() }),
]);
export const searchAnswer = z.object({ hits: z.array(searchHit) });
export type SearchHit = z.infer<typeof searchHit>;

/** `GET /api/notices`; `POST /api/notices/:id/read`. The page words a template. */
export const notice = z.object({
  id,
  template: z.string(),
  runId: id.optional(),
  /** Ids, dates and members' names. */
  values: z.record(z.string(), z.unknown()),
  createdAt: time,
  readAt: time.optional(),
});
export type Notice = z.infer<typeof notice>;
export const noticesQuery = z.object({ cursor: cursor.optional() });
export const noticeList = z.object({ notices: z.array(notice), unread: z.int(), next: cursor.optional() });

/** `GET /api/events`, as server-sent events of type `change`: which run changed (or `settings`), never what. */
export const changeEvent = z.union([z.object({ run: id }), z.object({ scope: z.enum(['people', 'settings']) })]);
export type ChangeEvent = z.infer<typeof changeEvent>;

/** `/readyz`. */
export const readiness = z.object({
  database: z.boolean(),
  temporal: z.boolean(),
  worker: z.boolean(),
});

/** `/.well-known/countersign-keys.json`. */
export const wellKnownKeys = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      use: z.literal('sig'),
      registeredAt: time,
      retiredAt: time.optional(),
    }),
  ),
});
