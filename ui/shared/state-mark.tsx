import type { ReactNode } from 'react';
import type { RunState } from '../../workflows/domain/states.js';
import { Icon, type IconName } from './icons.js';

const marks = {
  verified: { icon: 'tick', word: 'Verified' },
  drifted: { icon: 'wave', word: 'Drifted' },
  'not-found': { icon: 'struck', word: 'Not found' },
  proposed: { icon: 'dashed', word: 'Proposed' },
  confirmed: { icon: 'done', word: 'Confirmed' },
  'kept-human': { icon: 'pause', word: 'Kept human' },
  uncertain: { icon: 'diamond', word: 'Uncertain' },
  waiting: { icon: 'clock', word: 'Waiting' },
  open: { icon: 'open', word: 'Open' },
} as const satisfies Record<string, { icon: IconName; word: string }>;

export type Mark = keyof typeof marks;

/** A state as mark and word, never colour alone. `loud` tints the ground where it must be seen from afar. */
export function StateMark({ state, loud, children }: { state: Mark; loud?: boolean; children?: ReactNode }) {
  const { icon, word } = marks[state];
  return (
    <span className={`st ${state}${loud ? ' loud' : ''}`}>
      <Icon name={icon} />
      {state === 'proposed' ? <span className="sugg">{children ?? word}</span> : (children ?? word)}
    </span>
  );
}

/** Each state of a run in a manager's words, with its mark. */
export const runStateWords: Record<RunState, { mark: Mark; words: string }> = {
  received: { mark: 'waiting', words: 'Received' },
  'kept-human': { mark: 'kept-human', words: 'Kept human' },
  drafting: { mark: 'waiting', words: 'Being drafted' },
  'in-review': { mark: 'open', words: 'Waits for a decision' },
  approved: { mark: 'confirmed', words: 'Approved' },
  publishing: { mark: 'waiting', words: 'Being delivered' },
  published: { mark: 'verified', words: 'Published' },
  uncertain: { mark: 'uncertain', words: 'Uncertain' },
  failed: { mark: 'not-found', words: 'Could not go on' },
  rejected: { mark: 'not-found', words: 'Rejected' },
  withdrawn: { mark: 'open', words: 'Withdrawn' },
};

/** The state of a run as mark and words. */
export function RunStateMark({ state, loud }: { state: RunState; loud?: boolean }) {
  const { mark, words } = runStateWords[state];
  return (
    <StateMark state={mark} loud={loud ?? false}>
      {words}
    </StateMark>
  );
}
