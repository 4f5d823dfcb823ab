import type { Requirement, SopReview, RunThrough } from '../../../api/contract/index.js';
import type { MissingRow } from '../../review/track-pages.js';
import { proposedEdit } from '../../../workflows/domain/sop-drafting/proposals.js';
import { when } from '../../shared/dates.js';
import { firstName } from '../../shared/person.js';
import { count, list } from '../../shared/words.js';

type LastTick = { through: RunThrough; result: string; note: string; current: boolean };

/** The newest tick of each step, over all run-throughs. */
function lastTicks(review: SopReview): Map<string, LastTick> {
  const newest = new Map<string, LastTick & { at: string }>();
  for (const through of review.runThroughs)
    for (const tick of through.ticks) {
      const seen = newest.get(tick.step);
      if (seen && seen.at > tick.at) continue;
      newest.set(tick.step, { through, result: tick.result, note: tick.note, current: tick.current, at: tick.at });
    }
  return newest;
}

function stepRow(requirement: Requirement, number: number, step: string, tick: LastTick): MissingRow {
  const again = { kind: 'run-through', label: `Run step ${number} again`, step } as const;
  const row = { key: requirement.key, done: false, weight: 1 };
  // A tick that was finished and did not count was one on other words, whatever it says now.
  if (!tick.current || (tick.result === 'as-written' && tick.through.finishedAt !== undefined))
    return {
      ...row,
      title: `Step ${number} was edited after the run-through.`,
      words: 'Its tick no longer counts.',
      acts: [again],
    };
  if (tick.result === 'as-written')
    return {
      ...row,
      title: `Step ${number} is ticked, and its run-through is not finished.`,
      words: 'Attach the recording and finish it.',
      acts: [{ kind: 'run-through', label: 'Finish the run-through' }],
    };
  const said = `${firstName(tick.through.person.name)}: “${tick.note}”`;
  return {
    ...row,
    title:
      tick.result === 'differed' ? `Step ${number} differed when it was run.` : `Step ${number} could not be done.`,
    words: said,
    acts: [{ kind: 'edit', label: `Edit step ${number}`, at: step }, again],
  };
}

function runThroughRows(review: SopReview): MissingRow[] {
  const ticks = lastTicks(review);
  const steps = review.draft.steps;
  const all = review.requirements.filter((item) => item.kind === 'run-through');
  const open = all.filter((item) => !item.fulfilled);
  const numberOf = (item: Requirement): number => steps.findIndex((step) => `run-through:${step.id}` === item.key) + 1;
  const fresh = open.filter((item) => !ticks.has(item.key.slice('run-through:'.length)));
  const rows = open
    .filter((item) => !fresh.includes(item))
    .map((item): MissingRow[] => {
      const step = item.key.slice('run-through:'.length);
      const tick = ticks.get(step);
      return tick ? [stepRow(item, numberOf(item), step, tick)] : [];
    })
    .flat();
  if (fresh.length === 0) return rows;
  const numbers = fresh.map(numberOf);
  const started = ticks.size > 0;
  const first = fresh[0]?.key.slice('run-through:'.length);
  const freshRow: MissingRow = {
    key: 'run-through:fresh',
    done: false,
    weight: fresh.length,
    title:
      fresh.length === steps.length
        ? fresh.length === 1
          ? 'The step has not been run yet.'
          : `None of the ${String(steps.length)} steps has been run yet.`
        : `${numbers.length === 1 ? 'Step' : 'Steps'} ${list(numbers.map(String))} ${numbers.length === 1 ? 'has' : 'have'} not been run yet.`,
    words: 'Do the work once with this text beside you, and tick each step on a recording.',
    acts: [
      {
        kind: 'run-through',
        label: started ? 'Go on with the run-through' : 'Start the run-through',
        ...(first === undefined ? {} : { step: first }),
      },
    ],
  };
  return [freshRow, ...rows];
}

/** What a run-through showed: taken into the text as proposed, changed, or left out by name. */
function observedRow(item: Requirement, review: SopReview, row: Omit<MissingRow, 'title' | 'acts'>): MissingRow {
  const seen = review.observations.find((one) => item.key.endsWith(`:${one.id}`));
  const at = item.label.lastIndexOf('. ');
  const leave = {
    kind: 'confirm',
    label: seen?.result === 'exception' ? 'Leave it out' : 'Leave the text as it is',
    ...{ key: item.key, valueDigest: item.valueDigest },
  } as const;
  if (seen === undefined) return { ...row, title: item.label, acts: [leave] };
  const take = {
    kind: 'take',
    label: seen.result === 'exception' ? 'Take it into the exceptions' : 'Take it into the text',
    ...{ key: item.key, edits: [proposedEdit(review.draft, seen)] },
  } as const;
  return { ...row, title: item.label.slice(0, at + 1), acts: [take, leave] };
}

/** What a rule found, apart from what to do: the label is a sentence of each, and what it quotes may hold more. */
function foundIn({ label }: Requirement): { title: string; words: string } {
  const at = label.lastIndexOf('. ');
  return at < 0 ? { title: label, words: '' } : { title: label.slice(0, at + 1), words: label.slice(at + 2) };
}

/** Where the editor begins: the very field that is asked for, where there is one. */
function mendAt(key: string): string {
  const [, rule, item = ''] = key.split(':');
  if (rule === 'no-expected-result') return `expected-of:${item}`;
  if (rule === 'no-system-of-record') return `where-of:${item}`;
  return rule === 'never-returned' && item === 'title' ? 'new-step' : item;
}

/** What a rule found: mended, or accepted by name. */
function checkRow(item: Requirement, row: Omit<MissingRow, 'title' | 'acts'>): MissingRow {
  const { title, words } = foundIn(item);
  return {
    ...row,
    title,
    words,
    acts: [
      { kind: 'edit', label: 'Mend it', at: mendAt(item.key) },
      { kind: 'confirm', label: 'Right as written', key: item.key, valueDigest: item.valueDigest },
    ],
  };
}

function otherRow(item: Requirement, review: SopReview): MissingRow {
  const row = { key: item.key, done: false, weight: 1 };
  const [head, id = ''] = item.key.split(':');
  const at = item.label.indexOf('. ');
  const title = at < 0 ? item.label : item.label.slice(0, at + 1);
  const words = at < 0 ? '' : item.label.slice(at + 2);
  if (head === 'differed' || head === 'met-exception') return observedRow(item, review, row);
  if (head === 'check') return checkRow(item, row);
  if (head === 'section') return { ...row, title, words, acts: [{ kind: 'edit', label: 'Write it', at: id }] };
  if (head === 'exception')
    return {
      ...row,
      title,
      acts: [
        { kind: 'edit', label: 'Write it', at: `exception-for:${id}` },
        { kind: 'confirm', label: 'None, checked', key: item.key, valueDigest: item.valueDigest },
      ],
    };
  if (head === 'unfinished') return { ...row, title, acts: [{ kind: 'edit', label: 'Write it', at: id }] };
  return { ...row, title, words, acts: [{ kind: 'edit', label: 'Write a step', at: 'new-step' }] };
}

function doneRows(review: SopReview): MissingRow[] {
  const rows: MissingRow[] = [];
  const done = (key: string, title: string, weight = 0): void => {
    rows.push({ key, title, done: true, weight, acts: [] });
  };
  const met = review.requirements.filter((item) => item.fulfilled);
  const run = met.filter((item) => item.kind === 'run-through');
  const runners = [...new Set(run.map((item) => item.by?.name ?? ''))].filter((name) => name !== '');
  const last = run
    .map((item) => item.at ?? '')
    .toSorted()
    .at(-1);
  if (run.length > 0)
    done(
      'done:run-through',
      `${count(run.length, 'step')} run by ${list(runners)}${last ? `, ${when(last)}` : ''}, with a recording`,
      run.length,
    );
  for (const item of met.filter((other) => other.kind !== 'run-through')) {
    const by = `by ${item.by?.name ?? 'a colleague'}${item.at ? `, ${when(item.at)}` : ''}`;
    const question = /“(.+)”/u.exec(item.label)?.[1] ?? item.label;
    const short = item.label.slice(0, item.label.indexOf('. ') + 1) || item.label;
    const words = item.key.startsWith('exception:')
      ? `“${question}”: none, checked ${by}`
      : item.key.startsWith('check:')
        ? `${foundIn(item).title} Right as written, said ${by}`
        : `${short} Left so ${by}`;
    done(item.key, words, 1);
  }
  const steps = review.draft.steps;
  const found = steps.filter((step) => step.moment !== null).length;
  if (steps.length > 0)
    done(
      'done:found',
      found === steps.length
        ? `Every step found in the walk-through`
        : `${String(found)} of ${count(steps.length, 'step')} found in the walk-through, ${String(steps.length - found)} marked inferred`,
    );
  if (review.policy.secondPerson && review.mayApprove.code !== 'author_cannot_approve')
    done('done:second', 'You did not write this version');
  return rows;
}

/** What is missing before this SOP can be approved, open things first; what is done below. */
export function sopMissing(review: SopReview): MissingRow[] {
  const open = review.requirements.filter((item) => !item.fulfilled && item.kind !== 'run-through');
  return [...runThroughRows(review), ...open.map((item) => otherRow(item, review)), ...doneRows(review)];
}
