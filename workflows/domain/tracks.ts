/**
 * Every kind of work, by its key. A new track is one key here and one file (or folder) of that name
 * per layer; `Record<TrackKey, …>` in each layer makes the compiler name what is missing.
 */
export const tracks = {
  'sop-drafting': {
    label: 'SOP drafting',
    noun: 'SOP',
    /** Name of the exported workflow function. */
    workflow: 'sopDrafting',
    /** A requirement whose key starts so must stand in every subject of the track; the database refuses a subject without one. */
    mandatoryRequirement: 'run-through:',
    /** A run of the track cannot start without a source of this kind. */
    needsSourceKind: 'transcript',
  },
} as const;

export type TrackKey = keyof typeof tracks;

export const trackKeys = Object.keys(tracks) as [TrackKey, ...TrackKey[]];

/** True where `value` names a track. */
export function isTrackKey(value: string): value is TrackKey {
  return Object.hasOwn(tracks, value);
}
