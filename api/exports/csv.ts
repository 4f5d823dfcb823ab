/** What a spreadsheet would take for a formula, also in its full-width forms and behind blanks. */
const formula = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

function cell(value: string): string {
  const shown = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(shown) || shown !== shown.trim() ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** RFC 4180. A value that a spreadsheet would compute is led by a single quote, so that it is shown as it stands. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
