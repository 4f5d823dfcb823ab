/** True where the command key stands for the control key. */
export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** How `$mod` is written on this machine. */
export const modKey = isMac ? '⌘' : 'Ctrl ';

/** True where the pages are laid out for a phone; in em, as the styles are, so that larger letters count as a narrower window. */
export const isNarrow = () => window.matchMedia('(max-width: 45em)').matches;
