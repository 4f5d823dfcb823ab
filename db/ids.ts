import { v7 } from 'uuid';

/** A new id: UUIDv7, so that ids sort by the time they were made. Never called in workflow code. */
export function newId(): string {
  return v7();
}
