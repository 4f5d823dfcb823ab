/** A file to deliver, whose bytes have just been hashed again. */
export type DeliveredFile = { path: string; sha256: string; bytes: Uint8Array };

/** One rendition for one address. */
export type Delivery = {
  publicationId: string;
  /** The target's address as approved. */
  address: string;
  /** Under which approval, and which version it approved. */
  decision: { id: string; decidedAt: string };
  version: number;
  /** The page itself, below the address. */
  page: DeliveredFile;
  /** What the page shows, each below the page's own folder. */
  assets: DeliveredFile[];
  /** The receipt's exact text for a moment of delivery, and for the commit that it came in. */
  receiptAt(deliveredAt: string | undefined, commit?: string): string;
};

/**
 * Three outcomes are told apart: it is there; it is not, and whether trying again can help; or it cannot
 * be known, and a person looks.
 */
export type Outcome =
  | { outcome: 'published'; receipt: string; receiptPath: string }
  /** `unsure`: it may have arrived all the same; where no further try finds out, a person looks. */
  | { outcome: 'failed'; trouble: string; again: boolean; unsure?: boolean }
  | { outcome: 'uncertain'; trouble: string };

/** Where approved bytes can go. A target knows a delivery it has made before and does not repeat it. */
export type Target = {
  /** Slow or on another machine: delivered to in a step that can take minutes and be called off. */
  far?: true;
  deliver(delivery: Delivery, signal?: AbortSignal): Promise<Outcome>;
  /** Writes the receipt of what a person found to have arrived. Sends nothing. */
  acknowledge(delivery: Delivery, signal?: AbortSignal): Promise<Outcome>;
};
