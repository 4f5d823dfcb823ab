/** What one check found, in words for the person who runs Countersign. */
export type Finding = { about: string; state: 'ok' | 'note' | 'wrong'; words: string };
export type Check = () => Finding | Promise<Finding>;

export const ok = (about: string, words: string): Finding => ({ about, state: 'ok', words });
/** Nothing to put right, but good to know. */
export const note = (about: string, words: string): Finding => ({ about, state: 'note', words });
export const wrong = (about: string, words: string): Finding => ({ about, state: 'wrong', words });
