import type { ReviewDetail } from '../db/queries/review.js';
import { mayAct, type Role } from '../workflows/domain/roles.js';
import { tracks } from '../workflows/domain/tracks.js';
import type { Permission } from './contract/reviews.js';
import type { Caller } from './kit.js';

const yes: Permission = { ok: true };

function byRole(caller: Caller, needed: Role, deed: string): Permission {
  if (caller.kind !== 'person') return { ok: false, code: 'not_permitted', why: `${deed} takes a person.` };
  if (mayAct(caller.role, needed)) return yes;
  return {
    ok: false,
    code: 'not_permitted',
    why: `You can read this. ${deed} needs the ${needed} role; an admin can give it.`,
  };
}

function byState(review: ReviewDetail): Permission {
  if (review.state === 'open') return yes;
  const { decision } = review;
  if (decision !== undefined)
    return { ok: false, code: 'already_decided', why: `${decision.by.name} has decided this already.` };
  return { ok: false, code: 'wrong_state', why: 'This review is closed.' };
}

function byAuthorship(review: ReviewDetail, caller: Caller): Permission {
  const wrote = caller.kind === 'person' && review.authors.includes(caller.id);
  if (!review.policy.secondPerson || !wrote) return yes;
  const { starterIsAuthor = false, noun }: { starterIsAuthor?: boolean; noun: string } = tracks[review.track];
  const why = starterIsAuthor
    ? `You started or wrote this ${noun.toLowerCase()}, so somebody else approves it.`
    : 'You wrote this version, so somebody else approves it.';
  return { ok: false, code: 'author_cannot_approve', why };
}

function byRequirements(review: ReviewDetail): Permission {
  const missing = review.requirements.filter((requirement) => !requirement.fulfilled).length;
  if (missing === 0) return yes;
  return { ok: false, code: 'requirements_missing', why: missing === 1 ? '1 thing first' : `${missing} things first` };
}

const firstInTheWay = (checks: Permission[]): Permission => checks.find((check) => !check.ok) ?? yes;

/** What the person asking may do on a review now. It only says so: the database decides, and asks everything again. */
export function permissionsOn(review: ReviewDetail, caller: Caller) {
  const open = byState(review);
  return {
    mayApprove: firstInTheWay([
      byRole(caller, 'approver', 'Approving'),
      open,
      byAuthorship(review, caller),
      byRequirements(review),
    ]),
    mayDecide: firstInTheWay([byRole(caller, 'approver', 'Deciding'), open]),
    mayEdit: firstInTheWay([byRole(caller, 'operator', 'Editing'), open]),
  };
}
