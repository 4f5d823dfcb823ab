/** What is measured on one of the two sides: our product, or the bare engine. */
export type Side = {
  /** Starts one piece of work; answers once that is acknowledged. */
  start(): Promise<string>;
  /** Waits until all of these wait for a person. */
  open(runs: readonly string[]): Promise<void>;
  /** Decides one; answers once that is acknowledged. */
  approve(run: string): Promise<void>;
  /** When each of these was published, in milliseconds of the wall clock; only those that were. */
  published(runs: readonly string[]): Promise<Map<string, number>>;
  /** Resident memory of the worker, in MB. */
  rssMb(): number;
};

export type Figures = {
  startsPerS: number;
  acceptedPerS: number;
  publishedPerS: number;
  acceptedMs: { p50: number; p95: number };
  approveToPublishedMs: { p50: number; p95: number };
  rssMb: number;
};

/** What one stretch of measuring found, before it is summed up. */
export type Stretch = {
  runs: number;
  startMs: number;
  acceptMs: number;
  publishMs: number;
  accepted: number[];
  toPublished: number[];
  rssMb: number;
};
