import { useState, type ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '../shared/api.js';
import { VerbDialog } from '../shared/dialog.js';
import { TextArea } from '../shared/field.js';
import { Note } from '../shared/note.js';

/** Asks for the words that a deed needs, keeps them where it is refused, and does it. */
export function ReasonDialog(props: {
  verb: string;
  label: string;
  description?: ReactNode;
  hint?: string;
  busyWords: string;
  open: boolean;
  onClose: () => void;
  onDo: (reason: string) => Promise<unknown>;
  /** More to choose, below the words. */
  children?: ReactNode;
}) {
  const { verb, label, description, hint, busyWords, open, onClose, onDo, children } = props;
  const [words, setWords] = useState('');
  const [empty, setEmpty] = useState(false);
  const deed = useMutation({
    mutationFn: onDo,
    onSuccess: () => {
      setWords('');
      onClose();
    },
  });
  return (
    <VerbDialog
      verb={verb}
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      description={description}
      busy={deed.isPending ? busyWords : false}
      onSubmit={() => {
        if (words.trim() === '') setEmpty(true);
        else deed.mutate(words.trim());
      }}
    >
      <TextArea
        label={label}
        hint={hint}
        rows={4}
        maxLength={2000}
        value={words}
        error={empty && words.trim() === '' ? 'Write a sentence. It stands on the record.' : undefined}
        onChange={(event) => setWords(event.target.value)}
      />
      {children}
      {deed.isError ? (
        <Note tone="not-found" live="alert" title="Not done.">
          {sentenceOf(deed.error)}
        </Note>
      ) : null}
    </VerbDialog>
  );
}
