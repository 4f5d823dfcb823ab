import { finishRunThrough } from '../db/commands/run-through.js';
import { putText } from '../db/files.js';
import { factsOf, subjectMaterial } from '../db/queries/material.js';
import { runThrough } from '../db/queries/run-through.js';
import { activeMs } from '../workflows/domain/active-time.js';
import { Refusal } from '../workflows/domain/errors.js';
import { prepareSubject } from '../workflows/domain/subject.js';
import { isTrackKey } from '../workflows/domain/tracks.js';
import type { Deps } from './deps.js';

type Finish = { token: string; run: string; id: string };

/** What would be published once this run-through is finished: the page says who ran which steps. */
async function pageWith(deps: Deps, { run, id }: Finish) {
  const [material, through] = await Promise.all([subjectMaterial(deps.db, run), runThrough(deps.db, id)]);
  if (material === null || !isTrackKey(material.track) || through === undefined) return undefined;
  const { version, payload, subject, targets } = material;
  if (through.finishedAt !== undefined || version === null || payload === null || subject === null) return undefined;
  if (targets.length === 0) return undefined;
  const finishedAt = new Date().toISOString();
  const moments = [through.startedAt, finishedAt, ...through.ticks.map((tick) => tick.at)];
  const facts = factsOf(material, id);
  const mine = through.ticks.flatMap(({ step, stepDigest, result }) =>
    result !== 'as-written'
      ? []
      : [
          {
            ...{ step, stepDigest, finishedAt, runThroughId: id, person: through.person.name },
            ...{ activeMs: activeMs(moments), version: through.draftVersion },
            ...(through.recordings.length > 1 && { parts: through.recordings.length }),
          },
        ],
  );
  const { manifest, files } = prepareSubject({
    run: { id: run, track: material.track, slug: material.slug },
    version,
    payload,
    targets,
    images: material.images,
    facts: { ...facts, ran: [...facts.ran, ...mine] },
  });
  await Promise.all(files.map((file) => putText(deps.data, file.text)));
  return { finishedAt, base: subject, manifest };
}

/** Finishes a run-through and puts it on the page; where the page changed meanwhile it is rendered again. */
export async function finish(deps: Deps, { token, run, id }: Finish) {
  for (let tries = 1; ; tries += 1) {
    const page = await pageWith(deps, { token, run, id });
    try {
      return await finishRunThrough(deps.db, { token, runThrough: id, ...(page && { page }) });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'stale_subject' || tries === 5) throw error;
    }
  }
}
