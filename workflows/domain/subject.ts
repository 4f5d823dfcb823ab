import { sha256Hex } from './canonical.js';
import { manifestText, type Asset, type Requirement } from './manifest.js';
import { renderSop, type PlacedImage } from './sop-drafting/render.js';
import { sopRequirements } from './sop-drafting/requirements.js';
import { sopSchema } from './sop-drafting/schema.js';
import type { TrackKey } from './tracks.js';

/** A picture among a run's sources, already in the file store. */
export type SubjectImage = { sourceId: string; sha256: string; mediaType: string; bytes: number };

export type SubjectInput = {
  run: { id: string; track: TrackKey; slug: string };
  version: number;
  /** The draft's stored text. */
  payload: string;
  target: { id: string; name: string; address: string };
  images: readonly SubjectImage[];
};

/** Exactly what would be published: the manifest's text, and the files it names that are not in the store yet. */
export type PreparedSubject = { manifest: string; files: { sha256: string; text: string }[] };

type Page = { text: string; mediaType: string; extension: string; assets: Asset[]; requirements: Requirement[] };

const extensions: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
};

function placed(image: SubjectImage): Asset {
  const path = `images/${image.sha256.slice(0, 12)}.${extensions[image.mediaType] ?? 'bin'}`;
  return { path, sha256: image.sha256, mediaType: image.mediaType, bytes: image.bytes };
}

function sopPage(input: SubjectInput): Page {
  const sop = sopSchema.parse(JSON.parse(input.payload));
  const shown = new Set(sop.steps.map((step) => step.screenshot));
  const used = input.images.filter((image) => shown.has(image.sourceId));
  const places = new Map<string, PlacedImage>(used.map((image) => [image.sourceId, placed(image)]));
  const assets = new Map(used.map((image) => [image.sha256, placed(image)]));
  return {
    text: renderSop(sop, input.version, places),
    mediaType: 'text/markdown',
    extension: 'md',
    assets: [...assets.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    requirements: sopRequirements(sop),
  };
}

/** How each track turns a draft into a page and its requirements. */
const pages: Record<TrackKey, (input: SubjectInput) => Page> = { 'sop-drafting': sopPage };

/**
 * The subject of one draft version at one target. Pure: the same draft, version, target and pictures
 * give the same text, so a retry makes the same digest. The caller stores the files, then the draft.
 */
export function prepareSubject(input: SubjectInput): PreparedSubject {
  const page = pages[input.run.track](input);
  const sha256 = sha256Hex(page.text);
  const manifest = manifestText({
    v: 1,
    run: input.run.id,
    track: input.run.track,
    draftVersion: input.version,
    renditions: [
      {
        sha256,
        mediaType: page.mediaType,
        bytes: new TextEncoder().encode(page.text).length,
        targetId: input.target.id,
        targetName: input.target.name,
        targetAddress: input.target.address,
        path: `${input.run.track}/${input.run.slug}/v${input.version}.${page.extension}`,
        recipients: [],
        assets: page.assets,
      },
    ],
    requirements: page.requirements,
  });
  return { manifest, files: [{ sha256, text: page.text }] };
}
