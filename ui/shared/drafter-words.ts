import type { DrafterName } from '../../workflows/domain/drafters.js';

const words: Record<DrafterName, string> = {
  claude: 'Claude',
  openai: 'the OpenAI-compatible model',
  rules: 'rules, no model',
};
const known = (name: string): name is DrafterName => Object.hasOwn(words, name);

/** A drafter inside a sentence: “Claude”, “the OpenAI-compatible model”, “rules, no model”. */
export function drafterWords(name: string): string {
  return known(name) ? words[name] : name;
}

/** The same at the beginning of one. */
export function drafterTitle(name: string): string {
  const said = drafterWords(name).replace(/^the /, '');
  return said.charAt(0).toUpperCase() + said.slice(1);
}
