import { useEffect, useRef, useState, type RefObject } from 'react';
import { Button } from '../shared/button.js';

const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;

type Props = {
  onFiles: (files: File[]) => void;
  /** Words pasted outside of a field: most likely the transcript. */
  onText: (text: string) => void;
  chooser: RefObject<HTMLButtonElement | null>;
};

/** Files by drag anywhere on the page, by the chooser, or by paste. */
export function DropZone({ onFiles, onText, chooser }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const acts = useRef({ onFiles, onText });
  useEffect(() => {
    acts.current = { onFiles, onText };
  });
  useEffect(() => {
    let depth = 0;
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
      if (files.length > 0) {
        event.preventDefault();
        acts.current.onFiles(files);
        return;
      }
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isTyping(event.target) && text.trim()) acts.current.onText(text);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);
  return (
    <div className={over ? 'drop over' : 'drop'}>
      <p>
        <b>{over ? 'Let go to add them' : 'Drop the transcript and screenshots here'}</b>
        <span className="dim sm">
          Anywhere on this page will do. You can paste them too, or drop a recording to take screenshots from.
        </span>
      </p>
      <Button ref={chooser} onClick={() => input.current?.click()}>
        Choose files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".vtt,.srt,.json,.txt,.md,image/png,image/jpeg,image/webp,image/gif,.webm,.mp4,.m4v,.mov,.mkv"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
