/** Every table. Written only through db/functions, but for the sign-in library's own. */
export * from './schema/people.js';
export * from './schema/work.js';
export * from './schema/gate.js';
export * from './schema/record.js';
export * from './schema/plumbing.js';
export * from './schema/register.js';
