const openRows = () => [...document.querySelectorAll<HTMLElement>('#missing .todo .open')];

/** The open thing that has the focus: its key, and its place among those that are open. */
export function rowInFocus(): { key: string; place: number } | undefined {
  const row = document.activeElement?.closest<HTMLElement>('#missing .todo .open');
  const key = row?.dataset['row'];
  return row && key !== undefined ? { key, place: openRows().indexOf(row) } : undefined;
}

/** After one thing is met, leads to the next that is open, so that a person can go on without looking for the place. */
export function focusRow(place: number): void {
  requestAnimationFrame(() => {
    const rows = openRows();
    const next = (rows[place] ?? rows.at(-1))?.querySelector<HTMLElement>('button');
    if (next) next.focus();
    else focusMissing();
  });
}

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
