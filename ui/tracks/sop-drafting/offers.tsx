import type { SopReview } from '../../../api/contract/index.js';
import type { Offer, Sop } from '../../../workflows/domain/sop-drafting/schema.js';
import type { Act } from '../../review/track-pages.js';
import { Button } from '../../shared/button.js';
import { count } from '../../shared/words.js';
import { partName } from './parts.js';

/** What stands there now, of the field that an offer is for. */
function wordsNow(sop: Sop, item: string | null, field: string): string {
  const all: readonly object[] = item === null ? [sop] : [...sop.steps, ...sop.decisionPoints, ...sop.exceptions];
  const holder = all.find((one) => item === null || ('id' in one && one.id === item)) ?? {};
  const value: unknown = new Map<string, unknown>(Object.entries(holder)).get(field);
  return Array.isArray(value) ? value.map(String).join(', ') : typeof value === 'string' ? value : '';
}

const smaller: Record<string, string> = {
  where: ', where',
  expected: ', what one should see',
  then: ', what to do then',
};

function OfferRow({ offer, sop, busy, onAct }: { offer: Offer; sop: Sop; busy: boolean; onAct: (act: Act) => void }) {
  return Object.entries(offer.fields).map(([field, value]) => {
    const name = `${partName(sop, offer.item ?? field)}${smaller[field] ?? ''}`;
    const take = {
      kind: 'take',
      key: offer.id,
      label: 'Take it',
      edits: [{ op: 'take-offer', id: offer.id }],
    } as const;
    const leave = { ...take, label: 'Keep as it is', edits: [{ op: 'leave-offer', id: offer.id }] } as const;
    return (
      <li key={field}>
        <p className="lab">{name}</p>
        <p>
          <span className="vh">Stands there: </span>
          {wordsNow(sop, offer.item, field)}
        </p>
        <p className="offered">
          <span className="lab">Offered: </span>
          {Array.isArray(value) ? value.join(', ') : value}
        </p>
        <div className="row">
          <Button
            small
            disabled={busy}
            aria-label={`Take it: ${name}`}
            onClick={() => onAct({ ...take, edits: [...take.edits] })}
          >
            Take it
          </Button>
          <Button
            small
            tone="quiet"
            disabled={busy}
            aria-label={`Keep as it is: ${name}`}
            onClick={() => onAct({ ...leave, edits: [...leave.edits] })}
          >
            Keep as it is
          </Button>
        </div>
      </li>
    );
  });
}

/** The drafter's other words for what a person wrote: nothing of it is on the page until somebody takes it. */
export function SopOffers(props: { review: SopReview; busy: string | undefined; onAct: (act: Act) => void }) {
  const { review, busy, onAct } = props;
  const { offers } = review.draft;
  if (offers.length === 0) return null;
  return (
    <section aria-label="Offered by the drafter">
      <h2>
        The drafter would write<span className="lab">{count(offers.length, 'offer')}</span>
      </h2>
      <p className="sm dim">A person wrote what stands there, so it stays until somebody takes the offer.</p>
      <ul className="offers">
        {offers.map((offer) => (
          <OfferRow key={offer.id} offer={offer} sop={review.draft} busy={busy === offer.id} onAct={onAct} />
        ))}
      </ul>
    </section>
  );
}
