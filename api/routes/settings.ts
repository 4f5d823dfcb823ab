import { resolve } from 'node:path';
import { putSetting, putSopTemplate, putTarget } from '../../db/commands/settings.js';
import { secondPersonNow, targets, trackPolicy } from '../../db/queries/settings.js';
import { sopTemplate, sopTemplateVersions } from '../../db/queries/sop-template.js';
import { gitVersion } from '../../activities/targets/git-run.js';
import { readGitAddress } from '../../workflows/domain/git-address.js';
import { mayAct } from '../../workflows/domain/roles.js';
import { trackKeys, tracks } from '../../workflows/domain/tracks.js';
import { done, idParam } from '../contract/common.js';
import * as contract from '../contract/settings.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { houseSettings } from '../../db/queries/settings.js';
import { nameHouse } from '../settings.js';
import { Refusal } from '../../workflows/domain/errors.js';

const ownFolders = ['files', 'keys', 'uploads', 'postgres', 'temporal', 'logs', 'run', 'git'];

/** A repository's address, kept as written; never one in the server's own folders. */
function checkedGit(data: string, text: string): string {
  const read = readGitAddress(text);
  if (!read.ok) throw new Refusal('invalid_request', read.words);
  const { protocol, repository } = read.address;
  if (protocol === 'file') checkedAddress(data, repository.replace(/^file:\/\//, ''));
  return text;
}

/** A folder's address, kept as written: below the data folder, or from the root; never where the server keeps its own. */
function checkedAddress(data: string, address: string): string {
  const place = resolve(data, address);
  if (address.split(/[\\/]/).includes('..'))
    throw new Refusal('invalid_request', 'Write the folder without “..”: below the data folder, or from the root.');
  const own = ownFolders.map((name) => resolve(data, name));
  if (place === resolve(data) || own.some((folder) => place === folder || place.startsWith(`${folder}/`)))
    throw new Refusal('invalid_request', 'This folder belongs to Countersign itself. Choose another.');
  return address;
}

/** Tracks and how their reviews are held, where things are published, and the house. Each change is an event. */
export function settingRoutes(deps: Deps) {
  const { db, data } = deps;
  return router()
    .openapi(
      route('get /api/tracks', { summary: 'Tracks', responses: { 200: answers(contract.trackList) } }),
      async (c) => {
        const places = await targets(db);
        const list = trackKeys.map(async (key) => ({
          key,
          label: tracks[key].label,
          noun: tracks[key].noun,
          policy: await trackPolicy(db, key),
          secondPersonNow: await secondPersonNow(db, key),
          targets: places.filter((place) => place.active && place.track === key).map((place) => place.name),
        }));
        return c.json({ tracks: await Promise.all(list) }, 200);
      },
    )
    .openapi(
      route('put /api/tracks/{track}/policy', {
        summary: 'How reviews of a track are held from now on',
        request: { params: contract.trackParam, body: json(contract.setPolicy) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const key = `policy:${c.req.valid('param').track}`;
        await putSetting(db, { token: personOf(c).token, key, value: c.req.valid('json') });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /api/targets', {
        summary: 'Where things are published',
        responses: { 200: answers(contract.targetList) },
      }),
      async (c) => {
        const shown = mayAct(personOf(c).role, 'admin');
        const [list, git] = await Promise.all([
          targets(db),
          gitVersion({ PATH: deps.searchPath ?? '/usr/local/bin:/usr/bin:/bin' }),
        ]);
        return c.json(
          {
            targets: list.map((one) =>
              shown && one.kind === 'folder' ? { ...one, place: resolve(data, one.address) } : one,
            ),
            ...(git !== undefined && { git }),
          },
          200,
        );
      },
    )
    .openapi(
      route('put /api/targets/{id}', {
        summary: 'Make or change a target',
        description: 'What was approved for the old address goes back to review.',
        request: { params: idParam, body: json(contract.putTarget) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const body = c.req.valid('json');
        const others = (await targets(db)).filter((one) => one.id !== id && one.track === body.track && one.active);
        const plain = (address: string) => address.replace(/\/+$/, '');
        if (body.active && others.some((one) => plain(one.address) === plain(body.address)))
          throw new Refusal('invalid_request', 'Pages are published there already. Choose another place.');
        const checked = body.kind === 'git' ? checkedGit : checkedAddress;
        const target = { ...body, id, address: checked(data, body.address) };
        await putTarget(db, { token: personOf(c).token, target });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /api/sop-template', {
        summary: 'The team’s format for SOPs',
        responses: { 200: answers(contract.sopTemplate) },
      }),
      async (c) => {
        const [template, versions] = await Promise.all([sopTemplate(db), sopTemplateVersions(db)]);
        return c.json({ ...template, versions }, 200);
      },
    )
    .openapi(
      route('post /api/sop-template', {
        summary: 'A new version of the format for SOPs',
        description: 'Drafts keep the version that they were made with until a person uses another.',
        request: { body: json(contract.newSopTemplate) },
        responses: { 200: answers(contract.madeSopTemplate) },
      }),
      async (c) => {
        const { baseVersion, sections } = c.req.valid('json');
        return c.json(await putSopTemplate(db, { token: personOf(c).token, base: baseVersion, sections }), 200);
      },
    )
    .openapi(
      route('get /api/settings', { summary: 'The house', responses: { 200: answers(contract.settings) } }),
      async (c) =>
        c.json(
          {
            ...(await houseSettings(deps)),
            signingKeyId: deps.signer.keyId,
            drafter: deps.drafter,
            publicUrl: deps.publicUrl,
            version: deps.version,
          },
          200,
        ),
    )
    .openapi(
      route('patch /api/settings', {
        summary: 'Change the house',
        request: { body: json(contract.patchSettings) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await nameHouse(deps, personOf(c).token, c.req.valid('json'));
        return c.json({ ok: true } as const, 200);
      },
    );
}
