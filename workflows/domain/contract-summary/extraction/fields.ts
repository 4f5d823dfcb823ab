/** What the extractor looks for, in the order of a one-pager. */
export const fieldNames = [
  'parties',
  'agreementDate',
  'effectiveDate',
  'expiration',
  'renewal',
  'noticeWindow',
  'liabilityCap',
  'terminationForConvenience',
  'governingLaw',
  'dataProcessing',
  'unusual',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** Something for every field. */
export function byField<T>(make: (field: FieldName) => T): Record<FieldName, T> {
  return {
    parties: make('parties'),
    agreementDate: make('agreementDate'),
    effectiveDate: make('effectiveDate'),
    expiration: make('expiration'),
    renewal: make('renewal'),
    noticeWindow: make('noticeWindow'),
    liabilityCap: make('liabilityCap'),
    terminationForConvenience: make('terminationForConvenience'),
    governingLaw: make('governingLaw'),
    dataProcessing: make('dataProcessing'),
    unusual: make('unusual'),
  };
}

/** A sign in a sentence, under the name that its weight is stored by. */
export type Cue = readonly [name: string, sign: { test: (plain: string) => boolean }];

/** A date in figures, or a year. */
export const day = '(?:\\d{1,2}/\\d{1,2}/\\d{2,4}|(?:19|20)\\d{2})';

/** What stands in the list of words that were searched, and its sign where that is another than the words themselves. */
type Search = string | readonly [shown: string, sign: string];
const date: Search = ['a date', day];

/** Only sentences with one of these are looked at for a field. Wide on purpose: the cues and words decide. */
const searches: Record<FieldName, readonly Search[]> = {
  parties: [['between', '\\bbetween\\b'], ['among', '\\bamong\\b'], 'by and', 'parties', 'hereinafter'],
  agreementDate: [date, ['dated', 'dated?\\b'], 'day of', 'closing'],
  effectiveDate: [date, 'effective', 'effect', 'commenc', 'force', 'date', 'execution'],
  expiration: [
    ...[['term', '\\bterm\\b'] as const, 'expir', 'terminat', 'continu', 'until', 'perpet', 'indefinit', 'in effect'],
    ...['in force', 'period', 'year', 'through', 'duration', 'commenc'],
  ],
  renewal: [
    ...['renew', 'extend', 'extension', 'automatic', 'successive', 'continu', 'additional'],
    ...[['month-to-month', 'month[- ]to[- ]month'] as const, 'perpetual', 'evergreen'],
  ],
  noticeWindow: ['notice', 'notif', 'written', 'days', 'months', 'renew'],
  liabilityCap: [
    ...['liab', 'damages', 'exceed', 'limit', 'aggregate', 'maximum', 'recover', 'remedy', 'consequential'],
    'responsib',
  ],
  terminationForConvenience: ['terminat', 'cancel', 'terminable', 'withdraw', 'resign', 'discretion'],
  governingLaw: [['law', '\\blaws?\\b'], 'govern', 'jurisdiction'],
  dataProcessing: [
    ...['personal data', 'personal information', 'data protection', 'data process', 'data privacy', 'gdpr', 'privacy'],
    'personally identif',
  ],
  unusual: [
    ...['exclusiv', 'not compete', 'non-compet', ['most favoured', 'most favou?red'] as const, 'source code', 'escrow'],
    ...['liquidated damages', 'change of control', 'change in control', 'audit', 'minimum', 'auto', 'irrevocabl'],
    ...['unlimited', 'sole discretion', 'first refusal', 'penalt', 'non-solicit', 'assign'],
  ],
};

const signOf = (search: Search) => (typeof search === 'string' ? search : search[1]);

/** What was searched for each field: the words as they are shown, and their sign. */
export const searched = byField((field) =>
  searches[field].map((one) => ({ words: typeof one === 'string' ? one : one[0], sign: new RegExp(signOf(one)) })),
);

/** Whether a sentence is looked at for a field at all. */
export const gates = byField((field) => new RegExp(searches[field].map(signOf).join('|')));
