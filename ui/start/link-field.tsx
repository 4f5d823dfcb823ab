import { useState, type RefObject } from 'react';
import { readRecordingLink } from '../../workflows/domain/recording-link.js';
import { TextField } from '../shared/field.js';

/** What is wrong with the link, in words; nothing is wrong with none. */
export function linkTrouble(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const reading = readRecordingLink(text.trim());
  return reading.ok ? undefined : reading.words;
}

/** Where the recording is, for people to open. */
export function LinkField(props: {
  link: string;
  onLink: (text: string) => void;
  field: RefObject<HTMLInputElement | null>;
}) {
  const { link, onLink, field } = props;
  const [left, setLeft] = useState(false);
  const reading = readRecordingLink(link.trim());
  return (
    <TextField
      ref={field}
      label="Link to the recording"
      optional
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      hint={
        reading.ok
          ? `A link to ${reading.host}. It is kept as a link; Countersign does not fetch it.`
          : 'On Loom or anywhere else. It is kept as a link; Countersign does not fetch it.'
      }
      error={left ? linkTrouble(link) : undefined}
      value={link}
      onChange={(event) => {
        setLeft(false);
        onLink(event.target.value);
      }}
      onBlur={() => setLeft(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') setLeft(true);
      }}
    />
  );
}
