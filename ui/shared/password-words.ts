/** What is asked of a password, as the server asks it. */
export const passwordHint = 'At least 12 characters. A sentence is easy to keep and hard to guess.';

/** The sentence for a password that will not do; undefined where it will. */
export function passwordTrouble(password: string): string | undefined {
  if (password.length === 0) return 'Choose a password.';
  if (password.length < 12) return `That is ${password.length} of at least 12 characters. Make it longer.`;
  if (password.length > 128) return 'That is more than 128 characters. Make it shorter.';
  return undefined;
}
