import { v7 } from 'uuid';

/** An id made here, so that a repeated request is the same run-through. */
export const newUuid = (): string => v7();
