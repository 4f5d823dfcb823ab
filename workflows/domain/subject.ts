import { sha256Hex } from './canonical.js';
import { renderContract } from './contract-summary/render.js';
import { contractRequirements } from './contract-summary/requirements.js';
import { contractSchema } from './contract-summary/schema.js';
import { renderLetter } from './notice-letter/render.js';
import { letterRequirements } from './notice-letter/requirements.js';
import { letterSchema } from './notice-letter/schema.js';
import { manifestText, type Asset, type Requirement } from './manifest.js';
import type { SopFacts } from './sop-drafting/facts.js';
import { renderSop, type PlacedImage } from './sop-drafting/render.js';
import { sopRequirements } from './sop-drafting/requirements.js';
import { sopSchema } from './sop-drafting/schema.js';
import type { TrackKey } from './tracks.js';

/** A picture among a run's sources, already in the file store. */
export type SubjectImage = { sourceId: string; sha256: string; mediaType: string; bytes: number };

/** A place to publish to. In a folder every version is a file of its own; in a repository the file has a history. */
export type SubjectTarget = { id: string; kind: string; name: string; address: string };

export type SubjectInput = {
  run: { id: string; track: TrackKey; slug: string };
  version: number;
  /** The draft's stored text. */
  payload: string;
  /** Where it would go: one rendition for each. */
  targets: readonly SubjectTarget[];
  images: readonly SubjectImage[];
  facts: SopFacts;
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
    text: renderSop(sop, input.version, places, input.facts),
    mediaType: 'text/markdown',
    extension: 'md',
    assets: [...assets.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    requirements: sopRequirements(sop, input.facts),
  };
}

function contractPage({ payload, version }: SubjectInput): Page {
  const contract = contractSchema.parse(JSON.parse(payload));
  return {
    text: renderContract(contract, version),
    mediaType: 'text/markdown',
    extension: 'md',
    assets: [],
    requirements: contractRequirements(contract),
  };
}

function letterPage({ payload }: SubjectInput): Page {
  const letter = letterSchema.parse(JSON.parse(payload));
  return {
    text: renderLetter(letter),
    mediaType: 'text/markdown',
    extension: 'md',
    assets: [],
    requirements: letterRequirements(letter),
  };
}

/** How each track turns a draft into a page and its requirements. */
const pages: Record<TrackKey, (input: SubjectInput) => Page> = {
  'sop-drafting': sopPage,
  'contract-summary': contractPage,
  'notice-letter': letterPage,
};

function pathAt(target: SubjectTarget, { run, version }: SubjectInput, extension: string): string {
  const name = `${run.track}/${run.slug}`;
  return target.kind === 'git' ? `${name}/${run.slug}.${extension}` : `${name}/v${version}.${extension}`;
}

/**
 * The subject of one draft version at its targets. Pure: the same draft, version, targets, pictures and facts
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
    renditions: input.targets.map((target) => ({
      sha256,
      mediaType: page.mediaType,
      bytes: new TextEncoder().encode(page.text).length,
      targetId: target.id,
      targetName: target.name,
      targetAddress: target.address,
      path: pathAt(target, input, page.extension),
      recipients: [],
      assets: page.assets,
    })),
    requirements: page.requirements,
  });
  return { manifest, files: [{ sha256, text: page.text }] };
}
