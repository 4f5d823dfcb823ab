import { describe, expect, it } from 'vitest';
import { learnedWeights } from '../../activities/drafters/rules/contract-summary/weights.js';
import { cues } from '../../workflows/domain/contract-summary/extraction/cues.js';
import { datesIn } from '../../workflows/domain/contract-summary/extraction/dates.js';
import { anniversariesIn } from '../../workflows/domain/contract-summary/extraction/durations.js';
import { extractContract } from '../../workflows/domain/contract-summary/extraction/extract.js';
import type { FieldName } from '../../workflows/domain/contract-summary/extraction/fields.js';
import {
  agreementReading,
  effectiveReading,
  expirationReading,
} from '../../workflows/domain/contract-summary/extraction/term-values.js';
import { plainWords } from '../../workflows/domain/contract-summary/extraction/units.js';
import { noticeReading } from '../../workflows/domain/contract-summary/extraction/values.js';
import { clausesOf } from '../support/contract-texts.js';

/** A sentence as the best passage, alone. */
const alone = (text: string) => {
  const place = { start: 0, end: text.length, text };
  return { ...place, sentence: place, score: 1 };
};
const days = (text: string) => datesIn(text).map(({ day }) => day);
const shows = (field: FieldName, text: string) =>
  cues[field].filter(([, sign]) => sign.test(plainWords(text))).map(([name]) => name);

describe('a date', () => {
  it.each([
    ['the 5th day of the month of May, 2014', '2014-05-05'],
    ['the twenty-first day of August 2010', '2010-08-21'],
    ['the thirtieth (30th) day of June, 2011', '2011-06-30'],
    ['the last day of February, 2024', '2024-02-29'],
    ['on the 2n d day of March 2016', '2016-03-02'],
    ['until 315t October 2012', '2012-10-31'],
    ['31.12.2019', '2019-12-31'],
    ['on 4 July, ----- 1998', '1998-07-04'],
    ['02-28-2015', '2015-02-28'],
  ])('is read from “%s”', (text, day) => {
    expect(days(text)).toEqual([day]);
  });

  it('is none where a blank was never filled in, or where a page only says when it was filed', () => {
    expect(days('this ____ day of __________, 2017')).toEqual([undefined]);
    expect(days('Source: SOME FILER INC, 10-K, 3/4/2016')).toEqual([]);
  });
});

describe('the date that an agreement bears', () => {
  it('is that of its signing, and a blank one is not replaced by another', () => {
    expect(agreementReading(alone('This lease is made on 3 May 2012 between us.'))?.value).toEqual({
      is: 'date',
      day: '2012-05-03',
    });
    expect(agreementReading(alone('Made this __ day of ____, 2012, as amended on May 4, 2013.'))).toBeUndefined();
  });
});

describe('the date from which a contract is in force', () => {
  it.each([
    ['This contract, signed on May 2, 2010, shall be effective as of July 1, 2010.', '2010-07-01'],
    ['Made on May 2, 2010, and in force from August 3, 2010 ("Commencement Date").', '2010-08-03'],
    ['“Start Date” means 5 September 2011;', '2011-09-05'],
    ['This lease comes into force on the date of its signing.', '2010-05-02'],
    ['It is effective upon execution by both of us.', '2010-05-02'],
  ])('is read from “%s”', (text, day) => {
    expect(effectiveReading(alone(text), '2010-05-02')?.value).toEqual({ is: 'date', day });
  });

  it('is said outright only where it is tied to words of beginning', () => {
    expect(effectiveReading(alone('The lease begins on May 9, 2010.'), undefined)?.firm).toBe(true);
    expect(effectiveReading(alone('We met on May 9, 2010.'), undefined)?.firm).toBe(false);
  });
});

describe('the end of the first term', () => {
  const beginning = { agreement: '2015-03-10', effective: '2015-04-01' };
  it.each([
    ['It runs from May 1, 2016 through April 30, 2019.', '2019-04-30'],
    ['It shall end six years after the launch, but in no event later than June 30, 2021.', '2021-06-30'],
    ['It expires on May 31, 2018; by notice before March 1, 2018 it may be extended to May 31, 2019.', '2018-05-31'],
    ['It stays in force for four (4) years, subject to the prior rights of termination below.', '2019-04-01'],
    ['It is for ten years. Renewal: it renews for additional terms of one year.', '2025-04-01'],
    ['It continues for two years from the date hereof.', '2017-03-10'],
    ['Beginning on July 1, 2015 it continues for an initial period of 18 months.', '2017-01-01'],
    ['It continues until the third (3rd) anniversary of the Effective Date.', '2018-04-01'],
    [
      'It ends on the later of (a) the close of the season that is then being played and (b) the last day of June, 2020.',
      '2020-06-30',
    ],
  ])('is read from “%s”', (text, day) => {
    expect(expirationReading(alone(text), beginning)?.value).toEqual({ is: 'date', day });
  });

  it('is no length of a renewal, and none where there is no beginning to count from', () => {
    expect(expirationReading(alone('It renews for additional terms of two years.'), beginning)).toBeUndefined();
    expect(
      expirationReading(alone('It is for two years.'), { agreement: undefined, effective: undefined }),
    ).toBeUndefined();
  });

  it('is perpetual where it goes on until somebody ends it', () => {
    const value = expirationReading(alone('It shall continue until terminated by either of us.'), beginning)?.value;
    expect(value).toEqual({ is: 'perpetual' });
  });

  it('is looked up where the term only names it, and the definition is offered with it', () => {
    const text = [
      'SERVICES AGREEMENT. This Services Agreement is made on May 1, 2018 between Larch GmbH and Birch Limited.',
      ...clausesOf({ filler: 12, spaces: ' ' }, 20),
      '1. Term. The term of this Agreement shall commence on the Effective Date and shall continue until the Final Service Day.',
      ...clausesOf({ filler: 20, spaces: ' ' }, 40),
      '"Final Service Day" means April 30, 2022.',
    ].join('\n\n');
    const { expiration } = extractContract(text, learnedWeights);
    expect(expiration.passages[1]?.text).toContain('"Final Service Day" means');
    expect(expiration.value).toEqual({ is: 'date', day: '2022-04-30' });
  });

  it('may be an anniversary in words or in figures', () => {
    const counts = anniversariesIn('the twenty-fifth anniversary, the 12th anniversary, the anniversary').map(
      ({ duration }) => duration.count,
    );
    expect(counts).toEqual([25, 12]);
  });
});

describe('the notice against renewal', () => {
  it.each([
    [
      'It renews for one (1) year each unless you decline not less than forty-five (45) days before the end.',
      45,
      'days',
    ],
    [
      'It renews by itself unless we tell you in writing, within a period of two (2) months after your letter, not to renew.',
      2,
      'months',
    ],
    [
      'Cure a breach within thirty (30) days of notice. Notice not to renew is due at least 90 days prior to the end of the term.',
      90,
      'days',
    ],
    ['It renews for successive two-year terms unless ended by six months’ prior written notice.', 6, 'months'],
  ])('is read from “%s”', (text, count, unit) => {
    expect(noticeReading(alone(text))?.value).toEqual({
      is: 'duration',
      duration: { count, unit, kind: 'calendar' },
    });
  });

  it('keeps business days apart', () => {
    expect(noticeReading(alone('Not renewed upon ten (10) business days’ notice before its end.'))?.value).toEqual({
      is: 'duration',
      duration: { count: 10, unit: 'days', kind: 'business' },
    });
  });
});

describe('signs of a clause', () => {
  it('tell a free right to end a contract from one that needs a reason, item by item', () => {
    const field = 'terminationForConvenience';
    const mixed = 'We may terminate this Agreement: (a) if you are in breach; or (b) at any time for any reason.';
    expect(shows(field, mixed)).toContain('freely-this');
    expect(shows(field, mixed.replace('at any time for any reason', 'at any time if you default'))).not.toContain(
      'freely',
    );
    expect(shows(field, 'Either of us may cancel this Agreement upon 30 days written notice.')).toContain(
      'noticed-this',
    );
    expect(shows(field, 'The insurer shall give 30 days notice of cancellation of any policy.')).not.toContain(
      'noticed',
    );
  });

  it('tell a notice before the end of a term, and a term that goes on until notice', () => {
    expect(shows('noticeWindow', 'By written notice no later than 60 days before the term’s end.')).toContain(
      'notice-before-end',
    );
    expect(shows('noticeWindow', 'Thereafter it continues until terminated by one month of notice.')).toContain(
      'goes-on-until-notice',
    );
    expect(shows('renewal', 'The lease shall continue month to month.')).toContain('continues');
  });

  it('tell what a contract’s beginning is tied to', () => {
    expect(shows('effectiveDate', 'This contract becomes effective once it is signed.')).toContain(
      'agreement-on-signing',
    );
    expect(shows('effectiveDate', 'The fee is due on the date of this Agreement.')).not.toContain(
      'agreement-on-signing',
    );
    expect(shows('effectiveDate', 'This contract takes effect upon signature by both.')).toContain('begins-on-signing');
    expect(shows('effectiveDate', '"Commencement Date" means 1 June 2013.')).toContain('called-date');
    expect(shows('effectiveDate', 'The term shall begin on June 1, 2013.')).toContain('begins-on-date');
  });
});
