/** What a model would return that writes these words wherever it may write any, and quotes what stands in the contract. */
export function wordyCandidate(words: string, text: string): unknown {
  const quote = /[A-Z][^.\n]{30,200}\./.exec(text)?.[0] ?? '';
  const said = {
    value: { is: 'words', text: words.slice(0, 900).trim() || 'x' },
    quotes: [words.slice(0, 3_000), quote],
  };
  return {
    title: words.slice(0, 190),
    vendor: words.slice(0, 190),
    parties: {
      value: { is: 'parties', names: [words.slice(0, 190).trim() || 'x', 'Ours'] },
      quotes: [words.slice(0, 3_000)],
    },
    effectiveDate: null,
    term: null,
    renewalDate: { value: { is: 'perpetual' }, quotes: [words.slice(0, 3_000)] },
    renewal: null,
    noticeWindow: { value: null, quotes: [words.slice(0, 3_000)] },
    liabilityCap: said,
    termination: said,
    dataProcessing: said,
    governingLaw: said,
    unusual: [
      { title: words.slice(0, 190).trim() || 'x', quote: words.slice(0, 3_000) },
      { title: 'x', quote },
    ],
  };
}
