import type { ComponentType } from 'react';
import type { DraftPayload, SopPayload, SopReview, SourceWithReading } from '../../api/contract/index.js';
import type { SopEdit } from '../../workflows/domain/sop-drafting/edits.js';

/** A passage whose words differ between two versions; empty `before` is added, empty `after` removed. */
export type Passage = { label: string; before: string; after: string };

/** One item (a step, an exception, the purpose) as it stands in two versions. */
export type ItemChange = {
  key: string;
  /** “Step 6”, “Purpose”. */
  title: string;
  state: 'same' | 'changed' | 'added' | 'removed' | 'moved';
  /** Where a moved step stood before, from 1. */
  movedFrom?: number;
  passages: Passage[];
};

/** A place on the paper that rests on a place in a source: the nth item of the list under a heading. */
export type Anchor = {
  id: string;
  heading: string;
  index: number;
  /** “03:28”; undefined where it was inferred. */
  place: string | undefined;
  /** What a screen reader hears: “Step 2, in the walk-through at 03:28”. */
  spoken: string;
};

/** Something a button beside a missing thing can do. */
export type Act =
  | { kind: 'run-through'; label: string; step?: string }
  | { kind: 'edit'; label: string; at: string }
  | { kind: 'confirm'; label: string; key: string; valueDigest: string }
  | { kind: 'show'; label: string; at: string }
  /** Edits that were proposed, taken as they are. */
  | { kind: 'take'; label: string; key: string; edits: SopEdit[] };

/** One thing that stands in the way, or no longer does. `weight` is how many requirements it speaks for. */
export type MissingRow = { key: string; done: boolean; weight: number; title: string; words?: string; acts: Act[] };

/** What is wrong with one field: its path (`steps.2.action`) and a sentence that says what to do. */
export type FieldTrouble = { path: string; words: string };

/** A part that changes can be asked of: an item by its id, a field or a section by its name. */
export type Part = { key: string; label: string };

export type EditorProps = {
  draft: SopPayload;
  onChange: (draft: SopPayload) => void;
  troubles: readonly FieldTrouble[];
  /** The item to begin at: its id, or `exception-for:<decision point id>`. */
  at: string | undefined;
  sources: readonly SourceWithReading[];
};

export type SourcesProps = {
  review: SopReview;
  at: string | undefined;
  onPlace: (id: string) => void;
  /** Brings the sources into view where they are not. */
  onShow: () => void;
};

/** What every track brings, whatever its room looks like. */
export type TrackFace = {
  /** What approving does, as the button says it. */
  approve: string;
  /** Marks the parts of the served page (labels, expectations) for styling. Changes no word. */
  dress: (paper: HTMLElement) => void;
  /** What changes can be asked of, in the order of the page. */
  parts: (draft: DraftPayload) => Part[];
  changes: (from: DraftPayload, to: DraftPayload) => ItemChange[];
};

/** What a track whose draft is a page of text brings to its review room; everything else there is the same for all. */
export type TrackPages = TrackFace & {
  anchors: (draft: SopPayload, review: SopReview) => Anchor[];
  missing: (review: SopReview) => MissingRow[];
  edits: (base: SopPayload, edited: SopPayload) => SopEdit[];
  check: (draft: SopPayload) => FieldTrouble[];
  /** A person's unsaved words on top of somebody else's version; `left` names what could not be carried over. */
  rebase: (base: SopPayload, mine: SopPayload, theirs: SopPayload) => { draft: SopPayload; left: string[] };
  Sources: ComponentType<SourcesProps>;
  Editor: ComponentType<EditorProps>;
  /** What the drafter would write where a person wrote. */
  Offers: ComponentType<{ review: SopReview; busy: string | undefined; onAct: (act: Act) => void }>;
};
