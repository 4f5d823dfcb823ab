import { useReducer, useRef } from 'react';
import type { SourceAdded } from '../../api/contract/index.js';
import { ApiError, ask, sentenceOf } from '../shared/api.js';
import { onlyPixels } from '../pictures/encode.js';
import { kindOf, type GivenKind } from './kinds.js';
import { uploadFile } from './upload.js';

/** Which recording a screenshot is a frame of, and its moment in seconds. */
type Frame = { of: number; at: number };

/** One thing given: on its way, there, or refused with the reason. */
export type Given = {
  key: number;
  name: string;
  size: number;
  kind?: GivenKind;
  frame?: Frame;
} &
  /** A picture waits in this browser until the run is started: what is blurred never leaves it. */
  (
    | { state: 'held'; file: File; url: string }
    | { state: 'sending'; share: number }
    | { state: 'there'; source: SourceAdded }
    | { state: 'refused'; words: string; again?: () => void }
  );

type Base = { key: number; name: string; size: number; kind: GivenKind; frame?: Frame };

type Act =
  | { do: 'put'; given: Given }
  | { do: 'share'; key: number; share: number }
  | { do: 'take-out'; key: number }
  | { do: 'move'; key: number; by: -1 | 1 };

/** At the end; a frame before the later ones of its recording, in whatever order they were taken. */
function added(list: readonly Given[], given: Given): readonly Given[] {
  const { frame } = given;
  const later = frame ? list.findIndex((one) => one.frame?.of === frame.of && one.frame.at > frame.at) : -1;
  return later < 0 ? [...list, given] : list.toSpliced(later, 0, given);
}

function reduce(list: readonly Given[], act: Act): readonly Given[] {
  switch (act.do) {
    case 'put': {
      const at = list.findIndex((given) => given.key === act.given.key);
      return at < 0 ? added(list, act.given) : list.with(at, act.given);
    }
    case 'share':
      return list.map((given) =>
        given.key === act.key && given.state === 'sending' ? { ...given, share: act.share } : given,
      );
    case 'move': {
      const at = list.findIndex((given) => given.key === act.key);
      const one = list[at];
      const other = list[at + act.by];
      return one === undefined || other === undefined ? list : list.with(at, other).with(at + act.by, one);
    }
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

  const settle = async (base: Base, send: () => Promise<SourceAdded>): Promise<SourceAdded | undefined> => {
    act({ do: 'put', given: { ...base, state: 'sending', share: 0 } });
    try {
      const source = await send();
      act({ do: 'put', given: { ...base, state: 'there', source } });
      return source;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return undefined;
      // Only what did not get through is worth sending again; what was read and refused stays refused.
      const again = didNotArrive(error) ? { again: () => void settle(base, send) } : {};
      act({ do: 'put', given: { ...base, state: 'refused', words: sentenceOf(error), ...again } });
      return undefined;
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
    if (guess.kind === 'screenshot') void hold({ ...base, kind: 'screenshot' }, file);
    else void send({ ...base, kind: guess.kind }, file);
  };

  const send = (base: Base, file: File) => {
    const stop = new AbortController();
    stops.current.set(base.key, stop);
    const progress = (share: number) => act({ do: 'share', key: base.key, share });
    return settle(base, () => uploadFile(file, base.kind, progress, stop.signal));
  };

  /** Keeps a picture here, with nothing but its pixels. */
  const hold = async (base: Base & { kind: 'screenshot' }, file: File) => {
    try {
      const pixels = await onlyPixels(file);
      const url = URL.createObjectURL(pixels);
      act({ do: 'put', given: { ...base, name: pixels.name, size: pixels.size, state: 'held', file: pixels, url } });
    } catch {
      const words = 'This browser cannot show the picture. Save it as PNG or JPEG and add it again.';
      act({ do: 'put', given: { ...base, state: 'refused', words } });
    }
  };

  /** Another picture in the place of one that is held: marked, or with something blurred. */
  const replace = (held: Given & { state: 'held' }, file: File) => {
    URL.revokeObjectURL(held.url);
    const { key, frame } = held;
    void hold({ key, name: file.name, size: file.size, kind: 'screenshot', ...(frame && { frame }) }, file);
  };

  /** A frame of a recording, among the screenshots where its moment belongs. */
  const addFrame = (file: File, frame: Frame) =>
    void hold({ key: next.current++, name: file.name, size: file.size, kind: 'screenshot', frame }, file);

  /** Sends the pictures that are held; answers with every source in its order, or nothing where one was refused. */
  const sendAll = async (): Promise<SourceAdded[] | undefined> => {
    const sources = await Promise.all(
      given.map(async (one) => {
        if (one.state === 'there') return one.source;
        if (one.state !== 'held') return undefined;
        const { key, name, size, file, url } = one;
        const source = await send({ key, name, size, kind: 'screenshot' }, file);
        if (source) URL.revokeObjectURL(url);
        return source ?? null;
      }),
    );
    if (sources.includes(null)) return undefined;
    return sources.flatMap((source) => (source ? [source] : []));
  };

  const addText = (name: string, text: string) => {
    const base = { key: next.current++, name, size: new Blob([text]).size, kind: 'transcript' as const };
    void settle(base, () => ask('post /api/sources', { body: { kind: 'transcript', name, text } }));
  };

  const takeOut = (key: number) => {
    stops.current.get(key)?.abort();
    act({ do: 'take-out', key });
  };

  const move = (key: number, by: -1 | 1) => act({ do: 'move', key, by });

  return {
    given,
    move,
    replace,
    sendAll,
    addFiles: (files: Iterable<File>) => [...files].forEach(addFile),
    addFrame,
    addText,
    takeOut,
  };
}
