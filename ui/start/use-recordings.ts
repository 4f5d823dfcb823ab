import { useEffect, useRef, useState } from 'react';

/** A recording that frames are taken from. It stays in this browser. */
export type Playable = { key: number; name: string; size: number; url: string };

/** The recordings that were chosen, played from here and sent nowhere. */
export function useRecordings() {
  const [recordings, setRecordings] = useState<readonly Playable[]>([]);
  const [openKey, setOpenKey] = useState<number>();
  const next = useRef(1);
  const urls = useRef(new Set<string>());
  useEffect(() => {
    const made = urls.current;
    return () => made.forEach((url) => URL.revokeObjectURL(url));
  }, []);

  /** Keeps them and opens the first. */
  const add = (files: readonly File[]) => {
    const more = files.map((file) => {
      const url = URL.createObjectURL(file);
      urls.current.add(url);
      return { key: next.current++, name: file.name || 'recording', size: file.size, url };
    });
    if (more.length === 0) return;
    setRecordings((before) => [...before, ...more]);
    setOpenKey(more[0]?.key);
  };
  const takeOut = ({ key, url }: Playable) => {
    URL.revokeObjectURL(url);
    urls.current.delete(url);
    setRecordings((before) => before.filter((one) => one.key !== key));
  };
  return { recordings, open: recordings.find((one) => one.key === openKey), setOpenKey, add, takeOut };
}
