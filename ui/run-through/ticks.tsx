import { useEffect, useRef, useState } from 'react';
import type { Tick } from '../../api/contract/index.js';
import { Button, KeyHint } from '../shared/button.js';
import { TextArea, TextField } from '../shared/field.js';
import { Icon, type IconName } from '../shared/icons.js';
import { useKeys } from '../shared/keys.js';
import { Note } from '../shared/note.js';
import { isMac } from '../shared/platform.js';
import type { StepStanding } from './standing.js';
import type { Ticking } from './use-run-through.js';

type Answer = { result: Tick['result']; icon: IconName; title: string; words: string };
const answers: readonly [Answer, Answer, Answer] = [
  { result: 'as-written', icon: 'tick', title: 'As written', words: 'Done exactly so, and I saw that.' },
  { result: 'differed', icon: 'wave', title: 'Differed', words: 'Done another way. Write what happened.' },
  { result: 'exception', icon: 'flag', title: 'Exception', words: 'Could not be done. Write what then.' },
];

const asked = {
  differed: 'What did you do instead?',
  exception: 'What has to be done then?',
} as const;

/** Three answers of equal weight. Two of them want words, asked in place. */
export function Ticks({ step, ticking, onDone }: { step: StepStanding; ticking: Ticking; onDone: () => void }) {
  const [noting, setNoting] = useState<'differed' | 'exception'>();
  const choose = (result: Tick['result']) => {
    if (ticking.ticking) return;
    if (result === 'as-written') {
      ticking.tick(step, result).then(onDone, () => undefined);
    } else setNoting(result);
  };
  useKeys(
    answers.map((answer, index) => ({
      keys: String(index + 1),
      label: answer.title.toLowerCase(),
      group: 'This step',
      on: noting === undefined,
      run: () => choose(answer.result),
    })),
  );
  return (
    <div className="tickbar">
      {ticking.error ? (
        <Note tone="not-found" live="alert" title="Not noted.">
          {ticking.error}
        </Note>
      ) : null}
      {noting ? (
        <NoteForm
          result={noting}
          busy={ticking.ticking}
          onCancel={() => setNoting(undefined)}
          onNote={(note, cameUp) => {
            ticking.tick(step, noting, note, cameUp).then(
              () => {
                setNoting(undefined);
                onDone();
              },
              () => undefined,
            );
          }}
        />
      ) : (
        <div className="ticks" role="group" aria-label={`What happened at step ${String(step.number)}`}>
          {answers.map((answer, index) => (
            <button
              className="tick"
              key={answer.result}
              aria-pressed={step.mark === answer.result}
              onClick={() => choose(answer.result)}
            >
              <Icon name={answer.icon} />
              <b>{answer.title}</b>
              <KeyHint keys={String(index + 1)} />
              <small>{answer.words}</small>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function NoteForm(props: {
  result: 'differed' | 'exception';
  busy: boolean;
  onNote: (note: string, cameUp: string) => void;
  onCancel: () => void;
}) {
  const { result, busy, onNote, onCancel } = props;
  const [words, setWords] = useState('');
  const [cameUp, setCameUp] = useState('');
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => (first.current ?? field.current)?.focus(), []);
  const note = () => {
    if (words.trim() === '') setEmpty(true);
    else onNote(words.trim(), cameUp.trim());
  };
  return (
    <form
      className="noteform"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        note();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) note();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.nativeEvent.preventDefault();
        onCancel();
      }}
    >
      {result === 'exception' ? (
        <TextField
          ref={first}
          label="What came up?"
          optional
          maxLength={500}
          value={cameUp}
          onChange={(event) => setCameUp(event.target.value)}
        />
      ) : null}
      <TextArea
        ref={field}
        label={asked[result]}
        rows={2}
        maxLength={2000}
        value={words}
        error={empty && words.trim() === '' ? 'A sentence is enough. Without it nobody can mend the step.' : undefined}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="row verbs">
        <Button tone="quiet" hint="esc" onClick={onCancel}>
          Cancel
        </Button>
        <Button tone="primary" type="submit" hint={isMac ? '⌘↵' : 'Ctrl ↵'} busy={busy ? 'Noting…' : false}>
          {result === 'differed' ? 'Note the difference' : 'Note the exception'}
        </Button>
      </div>
    </form>
  );
}
