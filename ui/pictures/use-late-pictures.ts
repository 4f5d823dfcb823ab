import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask, sentenceOf } from '../shared/api.js';
import { kindOf } from '../start/kinds.js';
import { uploadFile } from '../start/upload.js';
import { onlyPixels } from './encode.js';

/** A picture that waits in this browser; what is blurred never leaves it. `source` is set once its bytes arrived. */
export type Late = { key: number; file: File; url: string; source?: string; trouble?: string };

const refusalOf = (file: File): string | undefined => {
  const guess = kindOf(file);
  if ('refused' in guess) return file.type.startsWith('image/') ? guess.refused : only;
  return guess.kind === 'screenshot' ? undefined : only;
};
const only = 'Only a screenshot (PNG, JPEG, WebP or GIF) can be added after the start.';
const notShown = 'This browser cannot show the picture. Save it as PNG or JPEG and add it again.';

/** Screenshots given to a run after its start: held here, marked or blurred, then added. */
export function useLatePictures(run: string) {
  const client = useQueryClient();
  const [held, setHeld] = useState<readonly Late[]>([]);
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [added, setAdded] = useState(0);
  const next = useRef(1);
  const urls = useRef(new Set<string>());
  useEffect(() => {
    const mine = urls.current;
    return () => mine.forEach((url) => URL.revokeObjectURL(url));
  }, []);

  const hold = async (file: File, key: number) => {
    try {
      const pixels = await onlyPixels(file);
      const url = URL.createObjectURL(pixels);
      urls.current.add(url);
      const late = { key, file: pixels, url };
      setHeld((list) => {
        const at = list.findIndex((one) => one.key === key);
        return at < 0 ? [...list, late] : list.with(at, late);
      });
    } catch {
      setRefused(notShown);
    }
  };
  const give = (files: Iterable<File>) => {
    setRefused(undefined);
    setAdded(0);
    for (const file of files) {
      const why = refusalOf(file);
      if (why === undefined) void hold(file, next.current++);
      else setRefused(why);
    }
  };
  const put = (key: number, more: Partial<Late>) =>
    setHeld((list) => list.map((one) => (one.key === key ? { ...one, ...more } : one)));

  const addOne = async (late: Late): Promise<boolean> => {
    try {
      // What arrived already is not sent a second time where only the adding was refused.
      const source =
        late.source ?? (await uploadFile(late.file, 'screenshot', () => undefined, new AbortController().signal)).id;
      put(late.key, { source });
      await ask('post /api/runs/{id}/sources', { params: { id: run }, body: { source } });
      setHeld((list) => list.filter((one) => one.key !== late.key));
      return true;
    } catch (error) {
      put(late.key, { trouble: sentenceOf(error) });
      return false;
    }
  };
  /** Adds what is held, in its order. */
  const add = async () => {
    setBusy(true);
    let done = 0;
    for (const late of held) if (await addOne(late)) done += 1;
    setBusy(false);
    setAdded(done);
    await Promise.all([
      client.invalidateQueries({ queryKey: ['run', run] }),
      client.invalidateQueries({ queryKey: ['review'] }),
    ]);
  };
  return {
    ...{ held, refused, busy, added, give, add },
    takeOut: (key: number) => setHeld((list) => list.filter((one) => one.key !== key)),
    /** The same picture, marked: other pixels, so whatever arrived of it before is not used. */
    replace: (key: number, file: File) => void hold(file, key),
  };
}
export type LatePictures = ReturnType<typeof useLatePictures>;
