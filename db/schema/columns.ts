import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A moment, to the millisecond. */
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
/** Text that sorts by code point: fixed-width times and cursors. */
export const ordinalText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
