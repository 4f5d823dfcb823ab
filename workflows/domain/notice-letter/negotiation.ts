/** What has no place in a notice: an offer, a condition, a threat, or a wish for other terms. */
const patterns: readonly RegExp[] = [
  /\b(?:re-?)?negotiat\w*/giu,
  /\bdiscounts?\b|\brebates?\b|\bcredit (?:note|us)\b/giu,
  /\bprices?\b|\bpricing\b|\b(?:lower|better|reduced?|new|current|higher) (?:rates?|fees?|costs?)\b/giu,
  /\bcounter-?offers?\b|\b(?:we|you|your|an?|our|best|better|new) (?:\w+ )?offers?\b|\b(?:offers?|quotes?|proposals?) (?:of|from|for|by|to)\b/giu,
  /\bproposals?\b|\bpropos(?:e|es|ed|ing)\b/giu,
  /\bunless (?:you|we|the|your|our)\b|\bprovided that\b|\bon condition\b|\bsubject to\b|\bif you (?:\w+ )?(?:can|could|agree|are|offer|reduce|improve|match|lower|accept|wish|would|want)\b/giu,
  /\b(?:we|i) (?:would|might|could|may|will|can|are (?:happy|open|willing|prepared|ready)|remain open) (?:also |still |be )?(?:consider|reconsider|discuss|withdraw|stay|renew|extend|happy to|open to|willing to|prepared to|to (?:discuss|talk|consider|reconsider|renew|extend))\w*/giu,
  /\breconsider\w*|\bopen to\b|\bwilling to\b|\bhappy to (?:discuss|talk|stay|renew|hear)\b/giu,
  /\b(?:better|improved|different|revised|amended|new|other|more favou?rable) (?:terms|conditions|deal|agreement|contract)\b/giu,
  /\b(?:deal|bargain|concessions?|compromise|settlement)\b/giu,
  /\b(?:competitors?|another (?:vendor|supplier|provider)|alternative (?:vendor|supplier|provider|offer)s?)\b/giu,
  /\b(?:legal action|lawyers?|solicitors?|attorneys?|(?:in|to) court|sue|lawsuit|litigat\w*|damages|or else|otherwise we)\b/giu,
  /\b(?:because|due to|owing to|dissatisf\w*|disappoint\w*|unhappy|poor (?:service|quality|performance))\b/giu,
];

/** The words of a letter that sound like an offer, a condition, a threat or a reason; in order, each once. */
export function negotiationWords(texts: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    const plain = text.normalize('NFKC').replace(/\s+/g, ' ');
    const hits = patterns.flatMap((pattern) => [...plain.matchAll(pattern)]);
    for (const { 0: words } of hits.sort((a, b) => a.index - b.index))
      if (!found.has(words.toLowerCase())) found.set(words.toLowerCase(), words.trim());
  }
  return [...found.values()];
}
