import { useEffect, useRef, useState } from 'react';

const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;

type Acts = {
  onFiles: (files: File[]) => void;
  /** Words pasted outside of a field. */
  onText?: (text: string) => void;
};

/** Files dropped anywhere on this page or pasted into it; answers whether one is held over the page now. */
export function useDropped(given: Acts): boolean {
  const [over, setOver] = useState(false);
  const acts = useRef(given);
  useEffect(() => {
    acts.current = given;
  });
  useEffect(() => {
    let depth = 0;
    const ended = new AbortController();
    const { signal } = ended;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      acts.current.onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      // A table copied from a spreadsheet comes as words and as a picture: into a field go the words.
      if (isTyping(event.target) && text !== '') return;
      if (files.length > 0) {
        event.preventDefault();
        acts.current.onFiles(files);
        return;
      }
      if (!isTyping(event.target) && text.trim()) acts.current.onText?.(text);
    };
    window.addEventListener('dragenter', enter, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('dragover', hover, { signal });
    window.addEventListener('drop', drop, { signal });
    window.addEventListener('paste', paste, { signal });
    return () => ended.abort();
  }, []);
  return over;
}
