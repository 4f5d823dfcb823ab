import { useRef, type RefObject } from 'react';
import { Button } from '../shared/button.js';
import { useDropped } from '../shared/dropped.js';

type Props = {
  onFiles: (files: File[]) => void;
  /** Words pasted outside of a field: most likely the transcript. */
  onText: (text: string) => void;
  chooser: RefObject<HTMLButtonElement | null>;
};

/** Files by drag anywhere on the page, by the chooser, or by paste. */
export function DropZone({ onFiles, onText, chooser }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const over = useDropped({ onFiles, onText });
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
