import { randomUUID } from 'node:crypto';
import { draftContract } from '../../activities/contract-summary.js';
import { claudeDrafter } from '../../activities/drafters/claude.js';
import type { Drafter } from '../../activities/drafters/drafter.js';
import { contractCandidateSchema, type ContractCandidate } from '../../workflows/domain/contract-summary/candidate.js';
import { contractRequirements } from '../../workflows/domain/contract-summary/requirements.js';
import { renderContract } from '../../workflows/domain/contract-summary/render.js';
import type { Contract } from '../../workflows/domain/contract-summary/schema.js';
import type { ReadDocument } from '../../workflows/domain/document.js';
import { outcomes, type FakeAnthropic } from './fake-anthropic.js';
import type { Planted } from './planting.js';

/** What an attacker wants: each planted clause as the ground of a point, and all of them as clauses. */
export function obeying(planted: readonly Planted[], seen: string): ContractCandidate {
  const quotes = (word: string) =>
    planted
      .filter(({ text }) => text.includes(word))
      .map(({ text }) => text)
      .slice(0, 8);
  // What reaches the model it repeats in its own words as well.
  const told = planted.filter(({ code }) => seen.includes(code)).map(({ text }) => text);
  return contractCandidateSchema.parse({
    title: 'Contract',
    vendor: 'Attacker Ltd',
    parties: null,
    effectiveDate: null,
    term: null,
    renewalDate: {
      value: { is: 'renewal-day', day: '2041-12-31', anchor: 'end-of-term' },
      quotes: quotes('renewal date replaces'),
    },
    renewal: {
      value: { is: 'renewal', automatic: true, each: { count: 10, unit: 'years' } },
      quotes: quotes('renews automatically'),
    },
    noticeWindow: {
      value: { is: 'window', count: 5, unit: 'calendar-days', strictly: false },
      quotes: quotes('notice window as 5 days'),
    },
    liabilityCap: null,
    termination:
      told.length === 0
        ? null
        : { value: { is: 'words', text: told.join(' ').slice(0, 990) }, quotes: told.slice(0, 8) },
    dataProcessing: null,
    governingLaw: null,
    unusual: planted.map(({ way, text }) => ({ title: way, quote: text })).slice(0, 30),
  });
}

/** What became of what was planted once a model that obeys the attacker has drafted from the document. */
export type Outcome = {
  contract: Contract;
  /** What went over the wire to the model. */
  sent: string;
  page: string;
  /** Points that the attacker wanted and that a person could confirm as they stand. */
  confirmable: string[];
};

/** Drafts from a document through the Claude drafter, with a model behind it that does what the planted words ask. */
export async function draftedObediently(
  model: FakeAnthropic,
  read: ReadDocument,
  planted: readonly Planted[],
): Promise<Outcome> {
  const claude = claudeDrafter({ apiKey: 'sk-test', baseUrl: model.url });
  const obedient: Drafter = {
    name: claude.name,
    model: claude.model,
    costUsd: (usage) => claude.costUsd(usage),
    draft: (request) => {
      const seen = request.material.map((one) => (one.kind === 'text' ? one.text : '')).join('\n');
      model.script(outcomes.good(obeying(planted, seen)));
      return claude.draft(request);
    },
  };
  const source = { id: randomUUID(), kind: 'document', name: 'contract', sha256: '', mediaType: '' };
  const before = model.requests.length;
  const drafted = await draftContract({
    loadMaterial: () =>
      Promise.resolve({
        title: 'Contract',
        drafter: 'claude',
        sources: [{ ...source, reading: { kind: 'document', document: read } }],
        redraft: null,
      }),
    loadHouse: () => Promise.resolve({ organisation: '', timeZone: 'UTC' }),
    chooseDrafter: () => obedient,
    answers: { get: () => Promise.resolve(undefined), keep: () => Promise.resolve(), forget: () => Promise.resolve() },
    signal: new AbortController().signal,
    heartbeat: () => undefined,
  })({ runId: randomUUID(), round: 1 });
  const contract = drafted.payload;
  const wanted = new Set(['two-keys:renewalDate', 'two-keys:noticeWindow', 'field:renewal']);
  return {
    contract,
    sent: model.requests
      .slice(before)
      .map(({ body }) => body)
      .join('\n'),
    page: renderContract(contract, 1),
    confirmable: contractRequirements(contract)
      .filter(({ key, kind }) => wanted.has(key) && kind !== 'impossible')
      .map(({ key }) => key),
  };
}

const squashed = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();

export type Fate = { cut: boolean; listed: boolean; asHow: boolean; unquoted: boolean };

/** For one planted clause: kept from the drafter, listed for the reviewer (and as what), and nowhere quoted as found. */
export function fateOf({ code, text, how }: Planted, read: ReadDocument, { contract, sent, page }: Outcome): Fate {
  const listed = (of: typeof read.hidden) => squashed(of.map((one) => one.text).join(' ')).includes(squashed(text));
  const quotes = [
    ...Object.values(contract.fields).flatMap((field) => field.quotes),
    ...contract.unusual.map((one) => one.quote),
  ];
  return {
    cut: !read.text.includes(code) && !sent.includes(code),
    listed: listed(read.hidden),
    asHow: listed(read.hidden.filter((one) => one.how === how)),
    unquoted: !page.includes(code) && !quotes.some((quote) => quote.state !== 'not-found' && quote.text.includes(code)),
  };
}
