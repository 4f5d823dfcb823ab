import { read } from '../db/files.js';
import { observationsOf } from '../db/queries/observations.js';
import { reviewDetail as reviewQuery, wouldBeSinglePerson } from '../db/queries/review.js';
import { runSummary } from '../db/queries/run.js';
import { runThroughsOf } from '../db/queries/run-through.js';
import { sourcesOf } from '../db/queries/sources.js';
import { Refusal } from '../workflows/domain/errors.js';
import { manifestSchema, type Rendition as ManifestRendition } from '../workflows/domain/manifest.js';
import { draftSchemas } from './contract/drafts.js';
import type { Rendition, ReviewDetail } from './contract/reviews.js';
import type { Deps } from './deps.js';
import type { Caller } from './kit.js';
import { permissionsOn } from './permissions.js';
import { renderHtml } from './render-html.js';
import { runThroughView, runView } from './run-view.js';
import { sourceView } from './source-view.js';

const notHere = () => new Refusal('not_found', 'There is no such review.');

/** One rendition to read: its stored bytes, the same as HTML, and exactly where it would go. */
export async function renditionView(data: string, rendition: ManifestRendition): Promise<Rendition> {
  const markdown = (await read(data, rendition.sha256)).toString('utf8');
  return {
    sha256: rendition.sha256,
    mediaType: rendition.mediaType,
    bytes: rendition.bytes,
    target: { id: rendition.targetId, name: rendition.targetName },
    address: `${rendition.targetAddress.replace(/\/+$/, '')}/${rendition.path}`,
    recipients: rendition.recipients,
    html: renderHtml(markdown, rendition.assets),
    markdown,
    assets: rendition.assets.map((asset) => ({ ...asset, url: `/api/files/${asset.sha256}` })),
  };
}

/** The review as one page needs it. */
export async function reviewView({ db, data }: Deps, id: string, caller: Caller): Promise<ReviewDetail> {
  const review = await reviewQuery(db, id);
  if (review === undefined) throw notHere();
  const { payload, manifest, authors: _authors, nextVersion: _next, remindAt: _remind, ...facts } = review;
  const [run, sources, runThroughs, observations, renditions] = await Promise.all([
    runSummary(db, review.runId),
    sourcesOf(db, review.runId),
    runThroughsOf(db, review.runId),
    observationsOf(db, review.runId),
    Promise.all(manifestSchema.parse(JSON.parse(manifest)).renditions.map((one) => renditionView(data, one))),
  ]);
  if (run === undefined) throw notHere();
  const view = {
    ...facts,
    renditions,
    sources: sources.map((source) => ({ ...sourceView(source), reading: source.reading })),
    runThroughs: runThroughs.map(runThroughView),
    observations: observations.filter((one) => one.finished).map(({ finished: _, ...one }) => one),
    run: runView(run),
    ...permissionsOn(review, caller),
    singlePerson: caller.kind === 'person' && wouldBeSinglePerson(review, caller.id),
  };
  const draft: unknown = JSON.parse(payload);
  switch (review.track) {
    case 'sop-drafting':
      return { ...view, track: review.track, draft: draftSchemas[review.track].parse(draft) };
    case 'contract-summary':
      return { ...view, track: review.track, draft: draftSchemas[review.track].parse(draft) };
    case 'notice-letter':
      return { ...view, track: review.track, draft: draftSchemas[review.track].parse(draft) };
  }
}
