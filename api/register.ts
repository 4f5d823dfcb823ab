import { registerRows, contractsOf, type RegisterRow } from '../db/queries/register.js';
import { houseSettings } from '../db/queries/settings.js';
import { civilDayAt, type CivilDay } from '../workflows/domain/contract-summary/civil-day.js';
import { noticeDay } from '../workflows/domain/contract-summary/notice-day.js';
import {
  byLastSafeDay,
  matches,
  needsAttention,
  standingOn,
  type ActDay,
  type RegisterFilter,
  type RegisterStanding,
} from '../workflows/domain/contract-summary/register.js';
import {
  fieldKeys,
  fieldNames,
  placedQuotes,
  type Contract,
  type FieldKey,
} from '../workflows/domain/contract-summary/schema.js';
import { valueInWords } from '../workflows/domain/contract-summary/values.js';
import type { Register, RegisterDetail, RegisterEntry } from './contract/register.js';
import type { Deps } from './deps.js';
import { receiptUrl } from './run-view.js';

/** An entry with what its page was made of. */
export type Entry = RegisterRow & { vendor: string; standing: RegisterStanding };
export type Entries = { today: CivilDay; timeZone: string; entries: Entry[] };

/** Every entry of the register as it stands today, by last safe day. */
export async function entriesNow(deps: Deps): Promise<Entries> {
  const [rows, { timeZone }] = await Promise.all([registerRows(deps.db), houseSettings(deps)]);
  const today = civilDayAt(new Date(), timeZone);
  const entries = rows.map((row) => ({
    ...row,
    vendor: row.contract?.vendor ?? '',
    title: row.contract?.title ?? row.title,
    standing: standingOn(row.contract, today),
  }));
  return { today, timeZone, entries: entries.toSorted(byLastSafeDay) };
}

function saidOn(contract: Contract | null, field: FieldKey): RegisterEntry['renewalDate'] {
  if (contract === null) return { answer: 'open', words: 'Not known' };
  const { answer, value } = contract.fields[field];
  if (answer === 'open') return { answer, words: 'Not settled' };
  if (answer === 'absent' || value === null) return { answer: 'absent', words: 'Not stated' };
  return { answer, words: value.is === 'renewal-day' ? value.day : valueInWords(value) };
}

const shortDay = ({ steps: _steps, ...rest }: ActDay): NonNullable<RegisterEntry['act']> => rest;

/** Where a published page stands for people. */
export function pageUrl(publicationId: string): string {
  return `/published/${publicationId}`;
}

/** An entry as pages see it. */
export function entryView(entry: Entry, today: CivilDay): RegisterEntry {
  const { standing, contract, runId, publicationId, vendor, title, sample, draftVersion, publishedAt } = entry;
  return {
    ...{ runId, publicationId, vendor, title, sample, draftVersion, publishedAt },
    pageUrl: pageUrl(publicationId),
    ...(entry.hasReceipt && { receiptUrl: receiptUrl(publicationId) }),
    state: standing.state,
    ...('act' in standing && { act: shortDay(standing.act) }),
    ...(standing.state === 'past' && standing.next !== null && { next: shortDay(standing.next) }),
    ...(standing.state === 'none' && { why: standing.why }),
    ...(standing.state === 'none' && standing.ends !== null && { ends: standing.ends }),
    attention: needsAttention(standing, today),
    renewalDate: saidOn(contract, 'renewalDate'),
    noticeWindow: saidOn(contract, 'noticeWindow'),
    liabilityCap: saidOn(contract, 'liabilityCap'),
    earlier: entry.earlier.length,
  };
}

/** The register, or what of it is asked for. */
export async function registerView(deps: Deps, filter: RegisterFilter): Promise<Register> {
  const { today, timeZone, entries } = await entriesNow(deps);
  return {
    ...{ today, timeZone, total: entries.length },
    samplesOnly: entries.length > 0 && entries.every((entry) => entry.sample),
    entries: entries.filter((entry) => matches(entry, filter, today)).map((entry) => entryView(entry, today)),
  };
}

function namedDay(contract: Contract | null): CivilDay | undefined {
  try {
    const day = contract === null ? undefined : noticeDay(contract);
    return day?.is === 'day' ? day.last.day : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function pointsOf(contract: Contract): RegisterDetail['points'] {
  const names = new Map(contract.documents.map(({ source, name }) => [source, name]));
  return fieldKeys.map((field) => {
    const quotes = placedQuotes(contract.fields[field].quotes).map(({ text, page, source }) => ({
      ...{ text, page },
      document: names.get(source) ?? '',
    }));
    return { field, name: fieldNames[field], ...saidOn(contract, field), quotes };
  });
}

/** One entry with its arithmetic, its quotes and its history, by any run that belongs to it. */
export async function registerDetailView(deps: Deps, run: string): Promise<RegisterDetail | undefined> {
  const { today, entries } = await entriesNow(deps);
  const entry = entries.find((one) => one.runId === run || one.earlier.some(({ runId }) => runId === run));
  if (entry === undefined) return undefined;
  const { standing, contract, earlier, runId } = entry;
  const contractOf = await contractsOf(deps.db, earlier);
  return {
    ...entryView(entry, today),
    steps: 'act' in standing ? standing.act.steps : [],
    nextSteps: standing.state === 'past' ? (standing.next?.steps ?? []) : [],
    points: contract === null ? [] : pointsOf(contract),
    history: earlier.map((one) => {
      const then = contractOf(one);
      const lastSafeDay = namedDay(then);
      const { publicationId, draftVersion, publishedAt } = one;
      return {
        ...{ runId: one.runId, publicationId, draftVersion, publishedAt, title: then?.title ?? one.title },
        otherRun: one.runId !== runId,
        ...(lastSafeDay !== undefined && { lastSafeDay }),
      };
    }),
  };
}
