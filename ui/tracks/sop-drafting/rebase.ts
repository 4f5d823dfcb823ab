import { applySopEdits, type SopEdit } from '../../../workflows/domain/sop-drafting/edits.js';
import { Refusal } from '../../../workflows/domain/errors.js';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';
import { editsBetween } from './edits-between.js';

function mineName(sop: Sop, key: string): string {
  return sop.template.sections.find((section) => section.key === key)?.name ?? 'a section of your own';
}

function named(sop: Sop, edit: SopEdit): string {
  if (edit.op === 'set') return 'the facts at the top';
  if (edit.op === 'use-template') return 'the format';
  if (edit.op === 'set-own-section') return mineName(sop, edit.key);
  const id = 'id' in edit ? edit.id : undefined;
  const step = sop.steps.findIndex((item) => item.id === id);
  if (step >= 0) return `step ${step + 1}`;
  return edit.op.includes('exception') ? 'an exception' : edit.op.includes('step') ? 'a step' : 'a decision point';
}

/** A person's words on top of another's version: every edit that still has its item, and the names of those that do not. */
export function rebase(base: Sop, mine: Sop, theirs: Sop): { draft: Sop; left: string[] } {
  const left: string[] = [];
  const draft = editsBetween(base, mine).reduce((sop, edit) => {
    try {
      return applySopEdits(sop, [edit], mine.template);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      left.push(named(mine, edit));
      return sop;
    }
  }, theirs);
  return { draft, left: [...new Set(left)] };
}
