import { z } from 'zod';

/** The fixed sentences a notice can be made of. */
export const noticeTemplates = [
  'review-opened',
  'review-assigned',
  'redraft-ready',
  'reminder',
  'due',
  'kept-human',
  'drafting-failed',
  'published',
  'delivery-failed',
  'delivery-uncertain',
  'problem-reported',
  'contract-reminder',
] as const;
export type NoticeTemplate = (typeof noticeTemplates)[number];

/** All that may stand in a notice: dates, members' names, and values already published. Never text of a draft or a source. */
export const noticeValuesSchema = z.strictObject({
  /** The track's own noun, such as “SOP”. */
  noun: z.string(),
  startedBy: z.string().optional(),
  startedAt: z.string().optional(),
  dueAt: z.string().optional(),
  approvedBy: z.string().optional(),
  assignedBy: z.string().optional(),
  /** Where it was published, or should have been. */
  address: z.string().optional(),
  /** Whom the reader stands in for. */
  standsInFor: z.string().optional(),
  reviewId: z.string().optional(),
  reportedBy: z.string().optional(),
  /** What was published and is reported. */
  publicationId: z.string().optional(),
  /** Of a published contract: what the register calls it, the last day to give notice, and whether that was past. */
  vendor: z.string().optional(),
  lastSafeDay: z.string().optional(),
  past: z.boolean().optional(),
});
export type NoticeValues = z.infer<typeof noticeValuesSchema>;

/** A notice in words: what happened, and what the reader can do. */
export type NoticeWords = { title: string; text: string };

const sentences: Record<NoticeTemplate, { title: (v: Facts) => string; text: (v: Facts) => string }> = {
  'review-opened': {
    title: (v) => `${v.noun} to review`,
    text: (v) => `A draft${v.origin} waits for a decision, due ${v.due}.`,
  },
  'review-assigned': {
    title: (v) => `${v.noun} to review, assigned to you`,
    text: (v) => `${v.assignedBy} asked you to decide on a draft${v.origin}, due ${v.due}.`,
  },
  'redraft-ready': {
    title: (v) => `${v.noun} drafted again`,
    text: (v) => `The changes were asked for and the next version${v.origin} is ready to read. It is due ${v.due}.`,
  },
  reminder: {
    title: (v) => `${v.noun} still waits for a decision`,
    text: (v) => `The draft${v.origin} is due ${v.due}. Nothing happens to it until a person decides.`,
  },
  due: {
    title: (v) => `${v.noun} is due`,
    text: (v) => `The draft${v.origin} was due ${v.due}. It waits on; nothing is decided by itself.`,
  },
  'kept-human': {
    title: (v) => `${v.noun} kept human`,
    text: (v) =>
      `Work${v.origin} was kept for a person before any model saw it. Read why, then release or withdraw it.`,
  },
  'drafting-failed': {
    title: (v) => `${v.noun} could not be drafted`,
    text: (v) =>
      `Drafting the work${v.origin} has stopped. The sources are safe. Try again, or let the rules draft it.`,
  },
  published: {
    title: (v) => `${v.noun} published`,
    text: (v) => `${v.approvedBy} approved it, and it is at ${v.address}.`,
  },
  'delivery-failed': {
    title: (v) => `${v.noun} could not be published`,
    text: (v) =>
      `It was approved, and ${v.address} did not take it. Look at what stood in the way, then send it again.`,
  },
  'delivery-uncertain': {
    title: (v) => `Nobody knows whether the ${v.noun} arrived`,
    text: (v) => `Look at ${v.address}, then choose: it is there, or send it again. Nothing is sent again by itself.`,
  },
  'problem-reported': {
    title: (v) => `Problem reported with a published ${v.noun}`,
    text: (v) =>
      `${v.reportedBy} says that something is wrong with it. Read the words on its page, then open the next version.`,
  },
  'contract-reminder': {
    title: (v) =>
      v.past
        ? `${v.vendor}: the last safe day is past`
        : `${v.vendor}: last safe day to give notice is ${v.lastSafeDay}`,
    text: (v) =>
      v.past
        ? `The last safe day to give notice was ${v.lastSafeDay}, before this contract's page was published. See in the register what can still be done.`
        : `After ${v.lastSafeDay} the contract goes on for another term. Decide whether it should, and send the notice in time if not.`,
  },
};

type Facts = {
  noun: string;
  origin: string;
  due: string;
  approvedBy: string;
  assignedBy: string;
  address: string;
  reportedBy: string;
  vendor: string;
  lastSafeDay: string;
  past: boolean;
};

/** `Thu 31 Dec 2026`: a day of the calendar is the same in every zone. */
function civilDay(at: string | undefined): string {
  const moment = new Date(`${at ?? ''}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return 'not known';
  const form = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', form).format(moment).replace(',', '');
}

function day(at: string | undefined, timeZone: string, withTime: boolean): string | undefined {
  const moment = at === undefined ? undefined : new Date(at);
  if (moment === undefined || Number.isNaN(moment.getTime())) return undefined;
  const form = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(form.formatToParts(moment).map(({ type, value }) => [type, value]));
  const date = `${parts.get('weekday')} ${parts.get('day')} ${parts.get('month')}`;
  return withTime ? `${date}, ${parts.get('hour')}:${parts.get('minute')}` : date;
}

/** The words of a notice, for the page and for mail, with dates in the given zone. */
export function noticeWords(template: NoticeTemplate, values: NoticeValues, timeZone: string): NoticeWords {
  const started = day(values.startedAt, timeZone, false);
  const origin = `${values.startedBy === undefined ? '' : ` that ${values.startedBy} started`}${
    started === undefined ? '' : `${values.startedBy === undefined ? ' started' : ''} on ${started}`
  }`;
  const facts: Facts = {
    noun: values.noun,
    origin,
    due: day(values.dueAt, timeZone, true) ?? 'soon',
    approvedBy: values.approvedBy ?? 'An approver',
    assignedBy: values.assignedBy ?? 'Somebody',
    reportedBy: values.reportedBy ?? 'Somebody',
    address: values.address ?? 'the place it goes to',
    vendor: values.vendor ?? 'A contract',
    lastSafeDay: civilDay(values.lastSafeDay),
    past: values.past === true,
  };
  const { title, text } = sentences[template];
  const stand = values.standsInFor === undefined ? '' : ` You stand in for ${values.standsInFor}.`;
  return { title: title(facts), text: `${text(facts)}${stand}` };
}

/** Where a notice leads: the page of what it is about. */
export function noticePath(template: string, run: string): string {
  return template === 'contract-reminder' ? `/register?at=${run}` : `/runs/${run}`;
}
