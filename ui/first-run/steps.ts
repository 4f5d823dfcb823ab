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
    title: 'Publish a first page',
    words: 'Do what its review still lists as open, read the page, and approve it.',
    done: () => 'A first page is published, with its receipt beside it',
  },
  'own-run': {
    title: 'Give work of your own',
    words: 'What you give is what the draft rests on: each line of it is linked to the place it came from.',
    done: () => 'Work of your own was given',
  },
  colleague: {
    title: 'Invite a second person',
    words: 'Until then the record says “single-person approval”.',
    done: () => 'A second person is here',
  },
};
