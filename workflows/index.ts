// The bundle's entry: every track's workflow under the name in domain/tracks.ts, and what runs by the calendar.
export { contractReminders } from './contract-reminders.js';
export { contractSummary } from './contract-summary.js';
export { noticeLetter } from './notice-letter.js';
export { sopDrafting } from './sop-drafting.js';
