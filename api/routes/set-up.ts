import { acceptInvitation, claimSetup } from '../../db/commands/people.js';
import { accountByEmail } from '../../db/queries/accounts.js';
import { linkByHash, type LinkFacts } from '../../db/queries/invitations.js';
import { setUpIsNeeded } from '../../db/queries/person.js';
import { houseSettings } from '../../db/queries/settings.js';
import { nameHouse } from '../settings.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { ensureUser } from '../auth.js';
import * as contract from '../contract/me.js';
import { acceptInvitation as acceptBody, invitationFacts, lookUpInvitation } from '../contract/people.js';
import type { Deps } from '../deps.js';
import { answers, json, route, router } from '../kit.js';
import { dropOwnerLink, tokenHash } from '../owner.js';
import { openSession } from './sign-in.js';

async function linkOf(deps: Deps, token: string, kind: LinkFacts['kind']): Promise<LinkFacts & { hash: string }> {
  const hash = tokenHash(token);
  const link = await linkByHash(deps.db, hash);
  if (link === undefined || link.kind !== kind) throw new Refusal('not_found', 'This link is not one of ours.');
  if (link.state === 'revoked') throw new Refusal('expired', 'This link was taken back. Ask for a new one.');
  if (link.state === 'expired') throw new Refusal('expired', 'This link has run out. Ask for a new one.');
  return { ...link, hash };
}

const used = () => new Refusal('already_used', 'This link was used already. Sign in instead.');

/**
 * Makes or finishes the user behind a one-time link. Repeatable: where the link was used by this very address the
 * password is only checked, by signing in. A member's password is never set from a link.
 */
async function userOf(deps: Deps, link: LinkFacts, given: { email: string; name: string; password: string }) {
  const account = await accountByEmail(deps.db, given.email);
  if (link.state === 'accepted') {
    if (account?.id !== link.acceptedBy) throw used();
    return account.id;
  }
  if (account?.isMember === true) throw new Refusal('already_used', 'Somebody here has this address already. Sign in.');
  return ensureUser(deps.auth, given);
}

/** The owner's set-up and invitations. Each may be cut off anywhere and sent again. */
export function setUpRoutes(deps: Deps) {
  return router()
    .openapi(
      route('get /api/setup', {
        summary: 'Whether the owner is still to be set up',
        responses: { 200: answers(contract.setUpState) },
      }),
      async (c) => c.json({ needed: await setUpIsNeeded(deps.db) }, 200),
    )
    .openapi(
      route('post /api/setup', {
        summary: 'Set the owner up by the one-time link',
        request: { body: json(contract.setUp) },
        responses: { 200: answers(contract.signedIn) },
      }),
      async (c) => {
        const given = c.req.valid('json');
        const { token, who } = await deps.signInLimit.attempt(c, 'setup', async () => {
          const link = await linkOf(deps, given.token, 'setup');
          const userId = await userOf(deps, link, given);
          await claimSetup(deps.db, { tokenHash: link.hash, user: userId });
          return openSession(deps, c, given);
        });
        dropOwnerLink(deps.data);
        await nameHouse(deps, token, given);
        return c.json(who, 200);
      },
    )
    .openapi(
      route('post /api/invitations/look-up', {
        summary: 'What an invitation is for',
        request: { body: json(lookUpInvitation) },
        responses: { 200: answers(invitationFacts) },
      }),
      async (c) => {
        const { token } = c.req.valid('json');
        const link = await deps.signInLimit.attempt(c, 'invitation', () => linkOf(deps, token, 'invitation'));
        if (link.state === 'accepted') throw used();
        const { organisation } = await houseSettings(deps);
        const facts = { email: link.email ?? '', role: link.role, invitedBy: link.invitedBy ?? '' };
        return c.json({ ...facts, organisation }, 200);
      },
    )
    .openapi(
      route('post /api/invitations/accept', {
        summary: 'Join by an invitation',
        request: { body: json(acceptBody) },
        responses: { 200: answers(contract.signedIn) },
      }),
      async (c) => {
        const { token, name, password } = c.req.valid('json');
        const { who } = await deps.signInLimit.attempt(c, 'invitation', async () => {
          const link = await linkOf(deps, token, 'invitation');
          const given = { email: link.email ?? '', name, password };
          const userId = await userOf(deps, link, given);
          await acceptInvitation(deps.db, { tokenHash: link.hash, user: userId });
          return openSession(deps, c, given);
        });
        return c.json(who, 200);
      },
    );
}
