import type { IconName } from '../shared/icons.js';

/** The pages of the house that exist in this release: navigation, phone bar, palette and keys read this list. */
export const destinations = [
  { to: '/inbox', label: 'Inbox', icon: 'inbox', keys: 'g i' },
  { to: '/register', label: 'Contracts', icon: 'document', keys: 'g c' },
  { to: '/timeline', label: 'Timeline', icon: 'clock', keys: 'g t' },
  { to: '/published', label: 'Published', icon: 'book', keys: 'g p' },
] as const satisfies readonly { to: string; label: string; icon: IconName; keys: string }[];

/** A phone's bar holds four places and no more; the others stand behind the last of them. */
export function onPhoneBar(to: (typeof destinations)[number]['to']): boolean {
  return to !== '/timeline';
}
