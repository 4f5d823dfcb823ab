import { condition, defineQuery, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Standing } from './standing.js';

/** The one message: look at the record. It carries nothing, so a forged one does nothing. */
export const look = defineSignal('look');

/** Where the workflow last saw its run. Ids and enumerations only. */
export const standing = defineQuery<Standing | null>('standing');

/** A history is kept below this many events, some 800 looks, whoever sends them. */
const historyLimit = 4000;

/** The run is waiting and its history is full: end, and let the next look start afresh where the record says. */
export class Rest extends Error {}

/** Remembers whether somebody said "look" since the record was last read. */
export class Looks {
  private asked = false;
  private seen: Standing | null = null;
  /** How many waits there have been. */
  waits = 0;

  constructor() {
    setHandler(look, () => {
      this.asked = true;
    });
    setHandler(standing, () => this.seen);
  }

  get pending(): boolean {
    return this.asked;
  }

  /** Asks an activity where the run stands; looks that come while it answers are kept for the next wait. */
  async read(question: () => Promise<Standing | null>): Promise<Standing | null> {
    this.asked = false;
    this.seen = await question();
    return this.seen;
  }

  /** Waits for a look, or until `over`. True where a look came. */
  async wait(over: () => boolean = () => false): Promise<boolean> {
    this.waits += 1;
    if (workflowInfo().historyLength > historyLimit && !this.asked) throw new Rest();
    await condition(() => this.asked || over());
    return this.asked;
  }
}
