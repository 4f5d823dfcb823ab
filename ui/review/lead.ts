/** Leads to the first thing in the way: its first button has the focus and is in view. */
export function focusMissing(): void {
  requestAnimationFrame(() => {
    const reason = document.getElementById('in-the-way');
    const missing = document.getElementById('missing');
    const first = missing?.querySelector<HTMLElement>('.todo .open button') ?? reason ?? missing;
    (reason ?? first)?.scrollIntoView({ block: 'nearest' });
    first?.focus();
  });
}
