import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkRules, type CheckRule } from '../../workflows/domain/sop-drafting/checks.js';
import { emptySop, sopSchema, type Sop } from '../../workflows/domain/sop-drafting/schema.js';

/** One flaw as labelled: a rule at an item. `sop` stands for the SOP as a whole, wherever a rule points in it. */
export type Flaw = { rule: CheckRule; item: string };
export type LabelledSop = { name: string; sop: Sop; roster: string[]; flaws: Flaw[] };

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const stepId = (number: number) => `s-${number.toString(16).padStart(8, '0')}`;
const names = (line: string) =>
  line
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function flawOf(text: string, file: string): Flaw {
  const [name = '', at = ''] = text.split('@');
  const rule = checkRules.find((one) => one === name);
  if (rule === undefined || at === '') throw new Error(`${file}: “${text}” is no label.`);
  return { rule, item: /^\d+$/.test(at) ? stepId(Number(at)) : at };
}

/** Reads the plain notation of the fixtures: fields, numbered steps `action | where | expected`, `?` decisions, `!` exceptions. */
export function labelledSop(text: string, name: string): LabelledSop {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const field = (key: string) =>
    lines
      .find((line) => line.startsWith(`${key}:`))
      ?.slice(key.length + 1)
      .trim() ?? '';
  const steps = lines.flatMap((line) => {
    const found = /^(\d+)\. (.+)$/.exec(line);
    if (found === null) return [];
    const [action = '', where = '', expected = ''] = (found[2] ?? '').split('|').map((part) => part.trim());
    return [{ id: stepId(Number(found[1])), action, where, expected, screenshot: null, moment: null }];
  });
  const decisionPoints = lines.flatMap((line) => {
    const found = /^\? (\d+) (.+)$/.exec(line);
    return found === null ? [] : [{ question: found[2] ?? '', stepId: stepId(Number(found[1])) }];
  });
  const exceptions = lines.flatMap((line) => {
    const found = /^! (.+?) -> (.+?)(?: @(\d+))?$/.exec(line);
    return found === null ? [] : [{ when: found[1] ?? '', then: found[2] ?? '', decision: found[3] }];
  });
  const sop = sopSchema.parse({
    ...emptySop,
    title: field('Title'),
    purpose: field('Purpose'),
    owner: field('Owner'),
    approver: field('Approver'),
    systemsOfRecord: names(field('Systems')),
    steps,
    decisionPoints: decisionPoints.map((one, at) => ({ id: `d-${String(at + 1).padStart(8, '0')}`, ...one })),
    exceptions: exceptions.map(({ when, then, decision }, at) => ({
      id: `e-${String(at + 1).padStart(8, '0')}`,
      ...{ when, then, moment: null, met: null },
      decisionPointId: decision === undefined ? null : `d-${decision.padStart(8, '0')}`,
    })),
  });
  return { name, sop, roster: names(field('Here')), flaws: names(field('Flaws')).map((one) => flawOf(one, name)) };
}

/** The forty SOPs of test/fixtures/sops, half of them clean, or those of another folder. */
export function labelledSops(name = 'sops'): LabelledSop[] {
  const folder = path.join(fixtures, name);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => labelledSop(readFileSync(path.join(folder, file), 'utf8'), file.replace(/\.txt$/, '')));
}
