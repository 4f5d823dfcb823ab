import { z } from 'zod';
import { registerStates } from '../../workflows/domain/contract-summary/register.js';
import { fieldKeys } from '../../workflows/domain/contract-summary/schema.js';
import { isCivilDay } from '../../workflows/domain/contract-summary/civil-day.js';
import { id, time } from './common.js';

const civilDay = z.string().refine(isCivilDay);

/** `GET /api/register` and `/api/register.csv`. */
export const registerQuery = z.object({
  q: z.string().max(200).optional(),
  /** Days to come within so many days. */
  due: z.enum(['30', '60', '90']).optional(),
  state: z.enum([...registerStates, 'attention']).optional(),
});

const actDay = z.object({
  day: civilDay,
  /** From today in the house's time zone; below 0 once it is past. */
  daysLeft: z.int(),
  workingDay: civilDay,
  /** Renewals since the term that the contract names. */
  term: z.int(),
  /** The last day of that term. */
  ends: civilDay,
});

/** What the page says on a point. */
const said = z.object({ answer: z.enum(['stated', 'absent', 'open']), words: z.string() });

export const registerEntry = z.object({
  runId: id,
  publicationId: id,
  vendor: z.string(),
  title: z.string(),
  sample: z.boolean(),
  draftVersion: z.int(),
  publishedAt: time,
  /** The published page, and its receipt. */
  pageUrl: z.string(),
  receiptUrl: z.string().optional(),
  state: z.enum(registerStates),
  /** The last safe day of the term in question; absent where there is none, or where it is not known. */
  act: actDay.optional(),
  /** Where `act` is past: the day of a later term, where one is known. */
  next: actDay.optional(),
  /** Why there is no such day. */
  why: z.enum(['ends-by-itself', 'no-end', 'no-window']).optional(),
  /** Where there is no such day: when it ends. */
  ends: civilDay.optional(),
  attention: z.boolean(),
  renewalDate: said,
  noticeWindow: said,
  liabilityCap: said,
  /** How many published versions stand under it as history. */
  earlier: z.int(),
});
export type RegisterEntry = z.infer<typeof registerEntry>;

export const register = z.object({
  /** Today in the house's time zone, which decides what is past. */
  today: civilDay,
  timeZone: z.string(),
  /** True while nothing but samples has been published. */
  samplesOnly: z.boolean(),
  /** Of all entries, whatever was asked for. */
  total: z.int(),
  entries: z.array(registerEntry),
});
export type Register = z.infer<typeof register>;

/** `GET /api/register/:id`, by a run of the entry: the one in force or an earlier one. */
export const registerDetail = registerEntry.extend({
  /** The arithmetic of `act`, one sentence a line; of `next` where that is given. */
  steps: z.array(z.string()),
  nextSteps: z.array(z.string()),
  points: z.array(
    z.object({
      field: z.enum(fieldKeys),
      name: z.string(),
      ...said.shape,
      quotes: z.array(z.object({ text: z.string(), page: z.int(), document: z.string() })),
    }),
  ),
  history: z.array(
    z.object({
      runId: id,
      publicationId: id,
      title: z.string(),
      draftVersion: z.int(),
      publishedAt: time,
      /** Another contract or amendment, not an earlier version of the same page. */
      otherRun: z.boolean(),
      /** The day that it named. */
      lastSafeDay: civilDay.optional(),
    }),
  ),
});
export type RegisterDetail = z.infer<typeof registerDetail>;

/** `GET /api/contract-figures`: how often a first draft was wrong, point by point. Samples are not counted. */
export const contractFigures = z.object({
  /** Below so many contracts there is no rate. */
  enough: z.int(),
  drafters: z.array(
    z.object({
      drafter: z.string(),
      model: z.string().nullable(),
      promptVersion: z.string().nullable(),
      /** Published contracts. */
      n: z.int(),
      fields: z.array(
        z.object({
          field: z.enum(fieldKeys),
          name: z.string(),
          wrong: z.int(),
          /** Among the wrong: the drafter left it open and said so. */
          leftOpen: z.int(),
          /** Share, and its Wilson interval at 95 %. */
          rate: z.object({ share: z.number(), low: z.number(), high: z.number() }).optional(),
        }),
      ),
    }),
  ),
});
export type ContractFigures = z.infer<typeof contractFigures>;

/** `GET /api/me/calendar-link`: whether there is one; the link itself is never shown again. */
export const calendarLink = z.object({ madeAt: time.nullable() });
/** `POST /api/me/calendar-link`: the link is shown once; only its fingerprint is kept. */
export const calendarLinkMade = z.object({ link: z.string(), madeAt: time });
export const makeCalendarLink = z.strictObject({});
/** `GET /calendar/:file`. */
export const calendarFile = z.object({ file: z.string() });
