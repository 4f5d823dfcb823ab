import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type FormEvent } from 'react';
import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { ApiError, ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { DrafterField, useAsked } from '../shared/drafter-field.js';
import { TextField } from '../shared/field.js';
import { Note } from '../shared/note.js';
import { count } from '../shared/words.js';
import { DropZone } from './drop-zone.js';
import { GivenList } from './given-list.js';
import { freshKey } from './idempotency.js';
import { isRecording } from './kinds.js';
import { LinkField, linkTrouble } from './link-field.js';
import { PasteText } from './paste-text.js';
import { Recordings } from './recordings.js';
import { useGiven } from './use-given.js';
import { useRecordings } from './use-recordings.js';

/** An SOP: the transcript of a walk-through, and its screenshots. */
export function SopForm() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [drafter, setDrafter] = useState<AskedDrafter>('default');
  const { usesModel } = useAsked(drafter);
  const { given, addFiles, addFrame, addText, takeOut, move, replace, sendAll } = useGiven();
  const recordings = useRecordings();
  const [title, setTitle] = useState('');
  const [link, setLink] = useState('');
  const linkField = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState('');
  const chooser = useRef<HTMLButtonElement>(null);
  // The same content sent twice is one run; changed content is another.
  const sentAs = useRef({ content: '', key: '' });

  const there = given.flatMap((one) => (one.state === 'there' ? [one.source] : []));
  const sending = given.filter((one) => one.state === 'sending').length;
  const hasTranscript = there.some((source) => source.kind === 'transcript');
  const ready = hasTranscript && sending === 0;

  const start = useMutation({
    mutationFn: async () => {
      const sources = await sendAll();
      if (sources === undefined)
        throw new ApiError('invalid_request', 'A screenshot was refused: its line says why.', 0);
      const body = {
        track: 'sop-drafting' as const,
        ...(title.trim() ? { title: title.trim() } : {}),
        sources: sources.map((source) => source.id),
        ...(link.trim() ? { input: { recordingLink: link.trim() } } : {}),
        ...(drafter === 'default' ? {} : { drafter }),
      };
      const content = JSON.stringify(body);
      if (sentAs.current.content !== content) sentAs.current = { content, key: freshKey() };
      return ask('post /api/runs', { body, headers: { 'idempotency-key': sentAs.current.key } });
    },
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: ['runs'] });
      await navigate({ to: '/runs/$id', params: { id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) chooser.current?.focus();
    else if (linkTrouble(link) !== undefined) linkField.current?.focus();
    else start.mutate();
  };
  const addAny = (files: File[]) => {
    addFiles(files.filter((file) => !isRecording(file)));
    recordings.add(files.filter(isRecording));
  };

  return (
    <form noValidate onSubmit={submit}>
      <h2 className="t1">An SOP from a walk-through</h2>
      <p className="dim about">
        Give the transcript of somebody doing the work and talking, and a few screenshots. A draft comes back with each
        step linked to the moment it came from. No transcript, no draft.
      </p>
      <DropZone
        onFiles={addAny}
        onText={setPasted}
        chooser={chooser}
        title="Drop the transcript and screenshots here"
        about="Anywhere on this page will do. You can paste them too, or drop a recording to take screenshots from."
        accept=".vtt,.srt,.json,.txt,.md,image/png,image/jpeg,image/webp,image/gif,.webm,.mp4,.m4v,.mov,.mkv"
      />
      <PasteText text={pasted} onText={setPasted} onAdd={(text) => addText('Pasted transcript.txt', text)} />
      <Recordings {...recordings} onFrame={(frame, of, seconds) => addFrame(frame, { of: of.key, at: seconds })} />
      <GivenList given={given} onTakeOut={takeOut} onMove={move} onReplace={replace} />
      <LinkField link={link} onLink={setLink} field={linkField} />
      <TextField
        label="Title"
        optional
        maxLength={200}
        hint="What the work is called. Left empty, the draft gives it one, and you can change it."
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <DrafterField value={drafter} onChange={setDrafter} />
      {start.error ? (
        <Note tone="not-found" live="alert" title="Not started.">
          {sentenceOf(start.error)}
        </Note>
      ) : null}
      <div className="row go">
        <Button tone={ready ? 'primary' : 'wait'} type="submit" busy={start.isPending ? 'Starting…' : false}>
          {ready
            ? 'Start drafting'
            : sending > 0
              ? `Start: ${count(sending, 'file')} still on the way`
              : 'Start: transcript first'}
        </Button>
        <span className="sm faint">
          {usesModel
            ? 'You can leave while it drafts; it appears in the inbox.'
            : 'Built-in rules draft it, in a few seconds.'}
        </span>
      </div>
    </form>
  );
}
