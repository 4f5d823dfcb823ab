import { useReducer, useRef } from 'react';
import type { SourceAdded } from '../../api/contract/index.js';
import { ApiError, ask, sentenceOf } from '../shared/api.js';
import { kindOf, type GivenKind } from './kinds.js';
import { uploadFile } from './upload.js';

/** One thing given: on its way, there, or refused with the reason. */
export type Given = {
  key: number;
  name: string;
  size: number;
  kind?: GivenKind;
} & (
  | { state: 'sending'; share: number }
  | { state: 'there'; source: SourceAdded }
  | { state: 'refused'; words: string; again?: () => void }
);

type Act = { do: 'put'; given: Given } | { do: 'share'; key: number; share: number } | { do: 'take-out'; key: number };

function reduce(list: readonly Given[], act: Act): readonly Given[] {
  switch (act.do) {
    case 'put': {
      const at = list.findIndex((given) => given.key === act.given.key);
      return at < 0 ? [...list, act.given] : list.with(at, act.given);
    }
    case 'share':
      return list.map((given) =>
        given.key === act.key && given.state === 'sending' ? { ...given, share: act.share } : given,
      );
    case 'take-out':
      return list.filter((given) => given.key !== act.key);
  }
}

const didNotArrive = (error: unknown) =>
  !(error instanceof ApiError) || error.code === 'offline' || error.code === 'rate_limited' || error.status >= 500;

/** What was given so far. Files go to the server at once; nothing is used before the run is started. */
export function useGiven() {
  const [given, act] = useReducer(reduce, []);
  const next = useRef(1);
  const stops = useRef(new Map<number, AbortController>());

  const settle = async (
    base: { key: number; name: string; size: number; kind: GivenKind },
    send: () => Promise<SourceAdded>,
  ) => {
    act({ do: 'put', given: { ...base, state: 'sending', share: 0 } });
    try {
      const source = await send();
      act({ do: 'put', given: { ...base, state: 'there', source } });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      // Only what did not get through is worth sending again; what was read and refused stays refused.
      const again = didNotArrive(error) ? { again: () => void settle(base, send) } : {};
      act({ do: 'put', given: { ...base, state: 'refused', words: sentenceOf(error), ...again } });
    }
  };

  const addFile = (file: File) => {
    const key = next.current++;
    const base = { key, name: file.name || 'Pasted picture', size: file.size };
    const guess = kindOf(file);
    if ('refused' in guess) {
      act({ do: 'put', given: { ...base, state: 'refused', words: guess.refused } });
      return;
    }
    const stop = new AbortController();
    stops.current.set(key, stop);
    const progress = (share: number) => act({ do: 'share', key, share });
    void settle({ ...base, kind: guess.kind }, () => uploadFile(file, guess.kind, progress, stop.signal));
  };

  const addText = (name: string, text: string) => {
    const base = { key: next.current++, name, size: new Blob([text]).size, kind: 'transcript' as const };
    void settle(base, () => ask('post /api/sources', { body: { kind: 'transcript', name, text } }));
  };

  const takeOut = (key: number) => {
    stops.current.get(key)?.abort();
    act({ do: 'take-out', key });
  };

  return { given, addFiles: (files: Iterable<File>) => [...files].forEach(addFile), addText, takeOut };
}
