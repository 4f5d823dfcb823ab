import { useRef, type RefObject } from 'react';
import { Button } from '../shared/button.js';
import { useDropped } from '../shared/dropped.js';

type Props = {
  onFiles: (files: File[]) => void;
  /** Words pasted outside of a field. */
  onText: (text: string) => void;
  chooser: RefObject<HTMLButtonElement | null>;
  title: string;
  about: string;
  /** What the chooser offers. */
  accept: string;
};

/** Files by drag anywhere on the page, by the chooser, or by paste. */
export function DropZone({ onFiles, onText, chooser, title, about, accept }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const zone = useRef<HTMLDivElement>(null);
  // Another kind of work may be shown in its place: then what is dropped is not for this one.
  const shown = () => zone.current !== null && zone.current.offsetParent !== null;
  const over = useDropped({
    onFiles: (files) => {
      if (shown()) onFiles(files);
    },
    onText: (text) => {
      if (shown()) onText(text);
    },
  });
  return (
    <div ref={zone} className={over ? 'drop over' : 'drop'}>
      <p>
        <b>{over ? 'Let go to add them' : title}</b>
        <span className="dim sm">{about}</span>
      </p>
      <Button ref={chooser} onClick={() => input.current?.click()}>
        Choose files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
