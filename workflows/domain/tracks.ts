/**
 * Every kind of work, by its key. A new track is one key here and one file (or folder) of that name
 * per layer; `Record<TrackKey, …>` in each layer makes the compiler name what is missing.
 */
export const tracks = {
  'sop-drafting': {
    label: 'SOP drafting',
    noun: 'SOP',
    /** The first place to publish to is called so. */
    folder: 'Handbook folder',
    /** Name of the exported workflow function. */
    workflow: 'sopDrafting',
    /** For each of these words a requirement whose key starts so must stand in every subject; the database refuses one without. */
    mandatoryRequirement: 'run-through:',
    /** A run of the track cannot start without a source of this kind. */
    needsSourceKind: 'transcript',
  },
  'contract-summary': {
    label: 'Contract summaries',
    noun: 'Contract summary',
    folder: 'Contracts folder',
    workflow: 'contractSummary',
    mandatoryRequirement: 'two-keys:renewalDate two-keys:noticeWindow',
    needsSourceKind: 'document',
  },
  'notice-letter': {
    label: 'Notice letters',
    noun: 'Notice letter',
    workflow: 'noticeLetter',
    mandatoryRequirement: 'letter:by letter:manner',
    /** Whoever starts a run counts as an author of it: a letter binds the house, so asking for one is half of it. */
    starterIsAuthor: true,
    folder: 'Letters folder',
  },
} as const;

export type TrackKey = keyof typeof tracks;

export const trackKeys = Object.keys(tracks) as [TrackKey, ...TrackKey[]];

/** True where `value` names a track. */
export function isTrackKey(value: string): value is TrackKey {
  return Object.hasOwn(tracks, value);
}
