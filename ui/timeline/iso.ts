const dayMs = 86_400_000;

/** The ISO week of a UTC date. luxon does the same on the server; it is too large to send for one sum. */
export function isoWeekOf(date: Date): string {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * dayMs);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayMs / 7) + 1;
  return `${String(year)}-W${String(week).padStart(2, '0')}`;
}
