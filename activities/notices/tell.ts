import { makeNotice } from '../../db/commands/notices.js';
import type { Db } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import { noticeFacts, type NoticeFacts, type NoticeMember } from '../../db/queries/recipients.js';
import { noticeValuesSchema, type NoticeTemplate, type NoticeValues } from '../../workflows/domain/notices.js';
import { isTrackKey, tracks } from '../../workflows/domain/tracks.js';

type Audience = 'deciders' | 'approvers' | 'starter' | 'operators' | 'approvers-and-starter';

const audiences: Record<NoticeTemplate, Audience> = {
  'review-opened': 'deciders',
  'review-assigned': 'deciders',
  'redraft-ready': 'deciders',
  reminder: 'deciders',
  due: 'deciders',
  'kept-human': 'approvers',
  'drafting-failed': 'starter',
  published: 'starter',
  'delivery-failed': 'approvers',
  'delivery-uncertain': 'approvers',
  'problem-reported': 'operators',
  'contract-reminder': 'approvers-and-starter',
};

/** Whom a notice concerns: the assignee, or else everybody who may approve; the starter of the run; all who may work on it. */
function concerned(audience: Audience, facts: NoticeFacts, members: readonly NoticeMember[]): NoticeMember[] {
  const approvers = members.filter((member) => member.approves);
  if (audience === 'operators') return members.filter((member) => member.operates);
  const starter = members.filter((member) => member.id === facts.created_by);
  if (audience === 'approvers-and-starter') return [...new Set([...approvers, ...starter])];
  if (audience === 'starter') return starter.length > 0 ? starter : approvers;
  const assignee = members.filter((member) => member.id === facts.assignee);
  return audience === 'deciders' && assignee.length > 0 ? assignee : approvers;
}

function valuesOf(template: NoticeTemplate, facts: NoticeFacts): NoticeValues {
  const delivered = audiences[template] !== 'deciders' && facts.addresses.length > 0;
  const origin = {
    noun: isTrackKey(facts.track) ? tracks[facts.track].noun : 'draft',
    ...(facts.started_by !== null && { startedBy: facts.started_by }),
    startedAt: facts.created_at.toISOString(),
  };
  // It is about the contract, and no review of it.
  if (template === 'contract-reminder') return origin;
  return {
    ...origin,
    ...(facts.due_at !== null && { dueAt: facts.due_at.toISOString() }),
    ...(facts.approved_by !== null && { approvedBy: facts.approved_by }),
    ...(facts.review_id !== null && { reviewId: facts.review_id }),
    ...(delivered && { address: facts.addresses.join(', ') }),
  };
}

/**
 * Puts a notice before everybody it concerns, and before whoever stands in for them, once per `onceKey`.
 * True where a new one was made.
 */
export async function tellAbout(
  { db }: { db: Db },
  run: string,
  template: NoticeTemplate,
  onceKey: string,
  more: Pick<NoticeValues, 'reportedBy' | 'publicationId' | 'vendor' | 'lastSafeDay' | 'past'> = {},
): Promise<boolean> {
  const facts = await noticeFacts(db, run);
  if (facts === null) return false;
  const { members } = facts;
  const values = noticeValuesSchema.parse({ ...valuesOf(template, facts), ...more });
  const byId = new Map(members.map((member) => [member.id, member]));
  const letters = new Map<string, NoticeValues>();
  const people = concerned(audiences[template], facts, members);
  for (const person of people) letters.set(person.id, values);
  for (const person of people) {
    const deputy = person.standIn === null ? undefined : byId.get(person.standIn);
    if (deputy !== undefined && !letters.has(deputy.id))
      letters.set(deputy.id, { ...values, standsInFor: person.name });
  }
  const made = await Promise.all(
    [...letters].map(([user, words]) => makeNotice(db, { id: newId(), template, user, run, onceKey, values: words })),
  );
  return made.some((notice) => notice.inserted);
}
