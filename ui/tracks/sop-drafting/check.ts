import type { FieldTrouble } from '../../review/track-pages.js';
import { sopSchema, type Sop } from '../../../workflows/domain/sop-drafting/schema.js';

const emptyWords: Record<string, string> = {
  title: 'An SOP needs a title.',
  action: 'Write what to do in this step, or remove it.',
  question: 'Write the question, or remove it.',
  when: 'Write when this happens, or remove it.',
};

function wordsFor(path: readonly PropertyKey[], code: string, maximum: unknown): string {
  const field = String(path.findLast((part) => typeof part === 'string') ?? '');
  if (code === 'too_small') return emptyWords[field] ?? 'Write something here, or remove the line.';
  if (code === 'too_big' && typeof maximum !== 'undefined')
    return path.length === 1 && field !== 'title'
      ? `At most ${String(maximum)} of these.`
      : `At most ${String(maximum)} characters. Shorten it.`;
  return 'This cannot be kept as it is written.';
}

/** Every field of an edited SOP that cannot be kept, in the order of the page. */
export function troubles(sop: Sop): FieldTrouble[] {
  const parsed = sopSchema.safeParse(sop);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    words: wordsFor(issue.path, issue.code ?? '', issue.code === 'too_big' ? issue.maximum : undefined),
  }));
}
