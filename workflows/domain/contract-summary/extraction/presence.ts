import type { Ranked, ReadContract } from './candidates.js';
import { cues } from './cues.js';
import { datesIn } from './dates.js';
import { durationsIn } from './durations.js';
import type { Cue, FieldName } from './fields.js';
import { freeTermination } from './free-termination.js';
import type { FieldWeights } from './scoring.js';

const logit = (score: number) => Math.log(Math.max(score, 1e-6) / Math.max(1 - score, 1e-6));
const flag = (said: boolean) => (said ? 1 : 0);

/** Signs in any sentence that the contract has the clause, which the best sentence alone may not show. */
const everywhere: Partial<Record<FieldName, readonly Cue[]>> = {
  agreementDate: [
    ['as-of', /(?:as of|on|this|dated|date:?)[^.;]{0,40}(?:\d|_{2,}|\[)/],
    ['date-of-agreement', /date of (?:this )?agreement|agreement date|first (?:above|set forth)|above written/],
    ['signature-date', /\bdated?:/],
  ],
  effectiveDate: [
    ...cues.effectiveDate.filter(([name]) =>
      /^(?:begins-on|agreement-on|called-date|dated-effective|effective-dated)/.test(name),
    ),
    ['effective-date', /effective date/],
    ['effective-as-of', /effective (?:as of|on|from|this|upon|when)/],
    ['defined', /\((?:the |hereinafter )?"?(?:effective|commencement|start) date/],
    [
      'commences',
      /(?:agreement|contract|term)[^.;]{0,80}(?:commenc|begin|effective|come into|take effect|takes effect)/,
    ],
    [
      'from-date',
      /(?:term|agreement|contract)[^.;]{0,120}(?:years?|months?|period)[^.;]{0,40}(?:from|after) the (?:effective )?date/,
    ],
  ],
  expiration: [
    ['term-heading', /\bterm\b.{0,3}\bthe\b|\bterm (?:and|of) (?:termination|agreement)|\bterm\./],
    ['initial-term', /(?:initial )?term of (?:this|the) (?:agreement|contract)/],
    ['in-force', /(?:remain|continue|be) in (?:full )?(?:force|effect)|continue (?:for|until|in)/],
    ['ends', /(?:shall|will) (?:expire|terminate|end|continue)/],
  ],
  renewal: [
    ['renew', /\brenew(?:s|ed|al)?\b.{0,80}(?:term|period|year)/],
    ['extend', /extend(?:ed)?.{0,60}(?:term|period|year)/],
  ],
  noticeWindow: [
    ...cues.noticeWindow.filter(([name]) => /^(?:notice-before-end|goes-on-until-notice)/.test(name)),
    ['not-renew', /not (?:to |be )?(?:renew|extend)|non-?renew/],
    ['automatic', /automatic.{0,40}(?:renew|exten)|(?:renew|exten)\w*.{0,40}automatic/],
  ],
  liabilityCap: [
    ['heading', /limitations? (?:of|on) liability|limited liability/],
    ['exceed', /liab[^.;]{0,200}exceed|exceed[^.;]{0,200}liab/],
    ['consequential', /consequential|incidental|punitive/],
  ],
  terminationForConvenience: [
    ['freely-this', freeTermination.freelyThis],
    ['noticed-this', freeTermination.noticedThis],
    [
      'plain',
      /terminat[^.;]{0,120}(?:without cause|for any reason|for convenience|at any time|no reason|at will|in its sole)/,
    ],
    ['reversed', /(?:without cause|for any reason|at any time|for convenience|at will)[^.;]{0,120}terminat/],
    ['notice', /(?:may|right to)[^.;]{0,30}terminat[^.;]{0,60}(?:upon|by|with|on|by giving)[^.;]{0,60}notice/],
  ],
  governingLaw: [['governed', /govern[^.;]{0,120}laws?\b|laws?\b[^.;]{0,60}govern/]],
};

/** What a whole document shows of whether it has a field's clause, by name; the passages of `sentences` are best first. */
export function presenceSigns(
  { units }: ReadContract,
  field: FieldName,
  sentences: readonly Ranked[],
): Map<string, number> {
  const signs = new Map<string, number>();
  const [first, second, third] = [0, 1, 2].map((at) => logit(sentences[at]?.score ?? 0));
  signs
    .set('first', first ?? 0)
    .set('second', second ?? 0)
    .set('third', third ?? 0);
  signs.set('likely', Math.log1p(sentences.filter(({ score }) => score > 0.5).length));
  signs.set('length', Math.log1p(units.length));
  const at = sentences[0]?.index ?? -1;
  const best = units[at]?.plain ?? '';
  signs.set('opening', flag(at >= 0 && at < 6));
  signs.set('closing', flag(at >= units.length - 8));
  const dates = datesIn(best);
  signs.set('date', flag(dates.length > 0)).set('whole-date', flag(dates.some(({ day }) => day !== undefined)));
  signs.set('duration', flag(durationsIn(best).length > 0));
  for (const [name, sign] of cues[field]) signs.set(`best:${name}`, flag(sign.test(best)));
  for (const [name, sign] of everywhere[field] ?? [])
    signs.set(`some:${name}`, Math.log1p(units.filter(({ plain }) => sign.test(plain)).length));
  if (field === 'agreementDate' || field === 'effectiveDate') {
    const opening = units
      .slice(0, 10)
      .map(({ plain }) => plain)
      .join(' ')
      .slice(0, 4_000);
    signs.set('opening-date', flag(datesIn(opening).length > 0));
    signs.set('opening-effective', flag(opening.includes('effective')));
  }
  return signs;
}

/** Whether a contract has a clause: surely, perhaps (a person decides; neither is claimed), surely not. */
export type Presence = 'present' | 'possible' | 'absent';

/** From these scores of the best sentence on, a clause without learned weights is present, or possible. */
const byHand = { present: 0.6, possible: 0.4 };

/** Whether a contract has the clause: the signs of the whole document, weighed against two thresholds. */
export function presenceOf(
  contract: ReadContract,
  field: FieldName,
  sentences: readonly Ranked[],
  learned: FieldWeights | undefined,
): Presence {
  const [best] = sentences;
  if (best === undefined) return 'absent';
  if (learned === undefined)
    return best.score >= byHand.present ? 'present' : best.score >= byHand.possible ? 'possible' : 'absent';
  let sum = learned.presence.bias;
  for (const [sign, said] of presenceSigns(contract, field, sentences))
    sum += said * (learned.presence.weights.get(sign) ?? 0);
  return sum >= 0 ? 'present' : sum >= learned.presence.possibleFrom ? 'possible' : 'absent';
}
