import { useState } from 'react';
import { Button } from '../shared/button.js';
import { TextArea } from '../shared/field.js';

/** The transcript as words: pasted or typed, with or without speakers and times. */
export function PasteText({
  text,
  onText,
  onAdd,
}: {
  text: string;
  onText: (text: string) => void;
  onAdd: (text: string) => void;
}) {
  const [asked, setAsked] = useState(false);
  const open = asked || text !== '';
  if (!open) {
    return (
      <Button tone="quiet" small onClick={() => setAsked(true)}>
        Paste the transcript as text instead
      </Button>
    );
  }
  const close = () => {
    onText('');
    setAsked(false);
  };
  return (
    <div className="pastebox">
      <TextArea
        label="Transcript"
        hint="WebVTT, SRT, or plain lines with or without speakers and times."
        rows={8}
        autoFocus
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <div className="row">
        <Button
          disabled={text.trim() === ''}
          onClick={() => {
            onAdd(text);
            close();
          }}
        >
          Add this transcript
        </Button>
        <Button tone="quiet" onClick={close}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
