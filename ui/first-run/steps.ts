import type { Checklist, Me } from '../../api/contract/index.js';
import { roleWords } from '../shared/role-words.js';

export type StepKey = Checklist['items'][number]['key'];

/** What each step of the first ten minutes says before and after it is done. */
export const steps: Record<StepKey, { title: string; words: string; done: (me: Me) => string }> = {
  owner: {
    title: 'Your account',
    words: 'The first admin of this server.',
    done: (me) => `Your account, ${me.person.name}, ${roleWords[me.role].name.toLowerCase()}`,
  },
  drafter: {
    title: 'Connect a model',
    words: 'Without one, built-in rules draft, and every draft says so.',
    done: (me) => `Drafts by ${me.features.drafter.label}`,
  },
  sample: {
    title: 'Load the sample',
    words: 'An invented walk-through with its transcript and screenshots, marked as a sample.',
    done: () => 'The sample is here',
  },
  published: {
    title: 'Publish a first SOP',
    words: 'Tick the step that is still open in its run-through, read the page, and approve it.',
    done: () => 'A first SOP is published, with its receipt beside it',
  },
  'own-run': {
    title: 'Give a walk-through of your own',
    words: 'A transcript from Zoom, Teams, Meet, Loom or Otter, and a few screenshots. No transcript, no draft.',
    done: () => 'A walk-through of your own was given',
  },
  colleague: {
    title: 'Invite a second person',
    words: 'Until then the record says “single-person approval”.',
    done: () => 'A second person is here',
  },
};
