import fc from 'fast-check';
import { contractCandidateSchema, type ContractCandidate } from '../../workflows/domain/contract-summary/candidate.js';
import { marker, words } from './hostile-sops.js';

const many = (most: number) => fc.array(words(400), { maxLength: most });
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const point = <T>(value: fc.Arbitrary<T>, quotes: fc.Arbitrary<string[]>) =>
  optional(fc.record({ value: optional(value), quotes }));
const day = fc.constantFrom('2026-02-28', '2027-12-31', '9999-12-31', '1970-01-01', '2028-02-29');
const inWords = words(900).map((text) => ({ is: 'words' as const, text }));
const unit = fc.constantFrom('days' as const, 'weeks' as const, 'months' as const, 'years' as const);
const span = fc.record({ count: fc.integer({ min: 1, max: 1_200 }), unit });

/** Any answer that a model could give about a contract in the agreed form; some of its quotes stand in `honest`. */
export function hostileContract(honest: readonly string[]): fc.Arbitrary<ContractCandidate> {
  const quotes = fc.oneof(many(3), fc.array(fc.constantFrom(...honest), { maxLength: 2 }));
  return fc
    .record({
      title: words(200),
      vendor: fc.oneof(fc.constant(''), words(200)),
      parties: point(
        fc.record({ is: fc.constant('parties' as const), names: fc.array(words(150), { minLength: 1, maxLength: 4 }) }),
        quotes,
      ),
      effectiveDate: point(fc.record({ is: fc.constant('date' as const), day }), quotes),
      term: point(
        fc.oneof(
          fc.record({ is: fc.constant('term' as const), length: optional(span), ends: optional(day) }),
          fc.constant({ is: 'perpetual' as const }),
        ),
        quotes,
      ),
      renewalDate: point(
        fc.oneof(
          fc.record({
            is: fc.constant('renewal-day' as const),
            day,
            anchor: fc.constantFrom('end-of-term' as const, 'renewal-date' as const),
          }),
          fc.constant({ is: 'perpetual' as const }),
        ),
        quotes,
      ),
      renewal: point(
        fc.record({ is: fc.constant('renewal' as const), automatic: fc.boolean(), each: optional(span) }),
        quotes,
      ),
      noticeWindow: point(
        fc.record({
          is: fc.constant('window' as const),
          count: fc.integer({ min: 0, max: 3_660 }),
          unit: fc.constantFrom('calendar-days' as const, 'business-days' as const, 'months' as const),
          strictly: fc.boolean(),
        }),
        quotes,
      ),
      liabilityCap: point(
        fc.oneof(
          inWords,
          fc.record({
            is: fc.constant('money' as const),
            amount: fc.integer({ min: 0, max: 1e9 }),
            currency: fc.constant('USD'),
          }),
        ),
        quotes,
      ),
      termination: point(inWords, quotes),
      dataProcessing: point(inWords, quotes),
      governingLaw: point(inWords, quotes),
      unusual: fc.array(fc.record({ title: words(180), quote: fc.oneof(words(800), fc.constantFrom(...honest)) }), {
        maxLength: 5,
      }),
    })
    .map((candidate) => contractCandidateSchema.safeParse(candidate).data)
    .filter((candidate) => candidate !== undefined);
}

export { marker };
