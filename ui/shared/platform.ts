/** True where the command key stands for the control key. */
export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** How `$mod` is written on this machine. */
export const modKey = isMac ? '⌘' : 'Ctrl ';
