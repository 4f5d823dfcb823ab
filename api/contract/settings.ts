import { z } from 'zod';
import { templateSchema, templateSectionsSchema } from '../../workflows/domain/sop-drafting/template.js';
import { trackPolicySchema } from '../../workflows/domain/policy.js';
import { id, time, track } from './common.js';
import { drafterFeature } from './me.js';

/** `GET /api/tracks`. */
export const trackSetting = z.object({
  key: track,
  label: z.string(),
  noun: z.string(),
  policy: trackPolicySchema,
  /** Whether a second person is asked for as things stand now. */
  secondPersonNow: z.boolean(),
  targets: z.array(z.string()),
});
export type TrackSetting = z.infer<typeof trackSetting>;
export const trackList = z.object({ tracks: z.array(trackSetting) });
/** `PUT /api/tracks/:track/policy`. */
export const setPolicy = trackPolicySchema;
export const trackParam = z.object({ track });

/** `GET /api/targets`; `PUT /api/targets/:id`. */
export const target = z.object({
  id,
  kind: z.enum(['folder', 'git']),
  name: z.string(),
  address: z.string(),
  /** Where that is on this server's disk. */
  place: z.string().optional(),
  track: track.optional(),
  active: z.boolean(),
  changedAt: time,
});
export type Target = z.infer<typeof target>;
/** `git`: the version of git on this server, absent where there is none. */
export const targetList = z.object({ targets: z.array(target), git: z.string().optional() });
export const putTarget = z.strictObject({
  kind: z.enum(['folder', 'git']).default('folder'),
  name: z.string().trim().min(1).max(80),
  /** A folder, or `<repository>#<branch>` with `:<folder>` after it where it is not the top. */
  address: z.string().trim().min(1).max(500),
  track,
  active: z.boolean(),
});

/** `GET /api/sop-template`; `POST /api/sop-template` adds a version to the one that was seen. */
export const sopTemplate = templateSchema.extend({
  versions: z.array(z.object({ version: z.int(), madeBy: z.object({ id, name: z.string() }), madeAt: time })),
});
export type SopTemplateAnswer = z.infer<typeof sopTemplate>;
export const newSopTemplate = z.strictObject({ baseVersion: z.int().min(0), sections: templateSectionsSchema });
export const madeSopTemplate = z.object({ version: z.int() });

/** `GET /api/settings`; `PATCH /api/settings`. */
export const settings = z.object({
  organisation: z.string(),
  timeZone: z.string(),
  singleKeys: z.boolean(),
  /** Read only: the record's public key. */
  signingKeyId: z.string(),
  drafter: drafterFeature,
  publicUrl: z.string(),
  version: z.string(),
});
export type Settings = z.infer<typeof settings>;
export const patchSettings = z.strictObject({
  organisation: z.string().trim().max(120).optional(),
  timeZone: z.string().min(1).max(64).optional(),
  singleKeys: z.boolean().optional(),
});
