import { transcriptMoment } from '../../shared/dates.js';
import type { Moment, Sop } from '../../../workflows/domain/sop-drafting/schema.js';
import type { Cue } from '../../../workflows/domain/transcript.js';

/** Where a moment is, in words: its time, or the line where the transcript has no times. */
export function placeOf(moment: Moment): string {
  return moment.startMs === null ? `line ${moment.cue + 1}` : transcriptMoment(moment.startMs / 1000);
}

type Span = { from: number; to: number };

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The words of a moment inside the cues, by cue index: a quote may run on into the cues that follow. */
export function marksOf(cues: readonly Cue[], moment: Moment): Map<number, Span> {
  const near = cues.filter((cue) => cue.index >= moment.cue && cue.index < moment.cue + 12);
  const starts: { cue: number; from: number; to: number }[] = [];
  let joined = '';
  for (const cue of near) {
    starts.push({ cue: cue.index, from: joined.length, to: joined.length + cue.text.length });
    joined += `${cue.text} `;
  }
  const words = moment.quote.trim().split(/\s+/).map(escaped).join('\\s+');
  const match = words === '' ? null : new RegExp(words, 'iu').exec(joined);
  const first = near[0];
  if (!match) return first ? new Map([[first.index, { from: 0, to: first.text.length }]]) : new Map();
  const marks = new Map<number, Span>();
  for (const row of starts) {
    const from = Math.max(match.index, row.from);
    const to = Math.min(match.index + match[0].length, row.to);
    if (from < to) marks.set(row.cue, { from: from - row.from, to: to - row.from });
  }
  return marks;
}

/** What stands on the transcript: each step and exception with its moment, by the cue it begins at. */
export function anchorsOf(sop: Sop): Map<number, { id: string; label: string; moment: Moment }[]> {
  const anchors = new Map<number, { id: string; label: string; moment: Moment }[]>();
  const add = (id: string, label: string, moment: Moment | null): void => {
    if (moment === null) return;
    anchors.set(moment.cue, [...(anchors.get(moment.cue) ?? []), { id, label, moment }]);
  };
  sop.steps.forEach((step, index) => {
    add(step.id, `Step ${index + 1}`, step.moment);
  });
  for (const item of sop.exceptions) add(item.id, 'Exception', item.moment);
  return anchors;
}

/** The moment of a step or an exception, by its id. */
export function momentOf(sop: Sop, id: string | undefined): Moment | undefined {
  const item = [...sop.steps, ...sop.exceptions].find((other) => other.id === id);
  return item?.moment ?? undefined;
}
