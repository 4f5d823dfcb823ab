/** This browser's time zone. */
export const thisZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Every zone this browser knows, with its own and UTC always among them. */
export const timeZones: readonly string[] = [
  ...new Set([thisZone, 'UTC', ...Intl.supportedValuesOf('timeZone')]),
].sort();
