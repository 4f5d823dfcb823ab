import type { Narration, UnusedSentence } from '../../../workflows/domain/sop-drafting/narration.js';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';
import { transcriptMoment } from '../../shared/dates.js';
import { count } from '../../shared/words.js';

const kinds: Record<UnusedSentence['kind'], string> = {
  instruction: 'sounds like a step',
  condition: 'sounds like an exception',
  talk: 'talk',
};
const order: Record<UnusedSentence['kind'], number> = { condition: 0, instruction: 1, talk: 2 };

function summaryOf({ outOfOrder, unsaid, unused }: Narration): string {
  const parts = [
    ...(unused.length === 0 ? [] : [`${count(unused.length, 'sentence')} not in the text`]),
    ...(unsaid.length === 0 ? [] : [`${count(unsaid.length, 'step')} nobody said`]),
    ...(outOfOrder.length === 0 ? [] : [`${count(outOfOrder.length, 'step')} said in another order`]),
  ];
  return parts.join(', ');
}

/** Where the draft and what was said differ, each a click from its moment. */
export function NarrationNotes(props: {
  narration: Narration;
  sop: Sop;
  onPlace: (id: string) => void;
  onCue: (cue: number) => void;
}) {
  const { narration, sop, onPlace, onCue } = props;
  const summary = summaryOf(narration);
  if (summary === '') return null;
  const numberOf = (id: string) => sop.steps.findIndex((step) => step.id === id) + 1;
  return (
    <details className="warn">
      <summary>{summary}</summary>
      <ul>
        {narration.outOfOrder.map((one) => (
          <li key={one.step}>
            <button className="link" onClick={() => onPlace(one.step)}>
              Step {one.number}
            </button>{' '}
            was said before step {one.after}.
          </li>
        ))}
        {narration.unsaid.map((id) => (
          <li key={id}>
            <button className="link" onClick={() => onPlace(id)}>
              Step {numberOf(id)}
            </button>{' '}
            is inferred: nobody said it.
          </li>
        ))}
        {narration.unused
          .toSorted((a, b) => order[a.kind] - order[b.kind])
          .map((one, index) => (
            <li key={index}>
              <button className="link" onClick={() => onCue(one.cue)}>
                {one.startMs === null ? `Line ${String(one.cue + 1)}` : transcriptMoment(one.startMs / 1000)}
              </button>{' '}
              “{one.text}” <span className="faint">{kinds[one.kind]}</span>
            </li>
          ))}
      </ul>
    </details>
  );
}
