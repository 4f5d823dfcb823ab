import { useMemo, useState, type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import type { RunThrough, SourceWithReading } from '../../../api/contract/index.js';
import { narrationOf } from '../../../workflows/domain/sop-drafting/narration.js';
import { AddPictures } from '../../pictures/add-pictures.js';
import { useLatePictures } from '../../pictures/use-late-pictures.js';
import type { SourcesProps } from '../../review/track-pages.js';
import { when } from '../../shared/dates.js';
import { useDropped } from '../../shared/dropped.js';
import { useMay } from '../../shared/queries.js';
import { RecordingLink } from '../../shared/recording-link.js';
import { count } from '../../shared/words.js';
import { NarrationNotes } from './narration-notes.js';
import { Recording } from './recording.js';
import { Shots } from './shots.js';
import { TranscriptList } from './transcript.js';

function Walk({ review, at, onPlace, adding }: SourcesProps & { adding: ReactNode }) {
  const transcripts = review.sources.filter((source) => source.kind === 'transcript');
  const shots = review.sources.filter((source) => source.kind === 'screenshot');
  return (
    <>
      {review.run.recordingLink ? <RecordingLink link={review.run.recordingLink} /> : null}
      <Shots shots={shots} sop={review.draft} at={at} onPlace={onPlace} />
      {adding}
      {transcripts.map((source) => (
        <Transcript key={source.id} source={source} review={review} at={at} onPlace={onPlace} />
      ))}
      {transcripts.length === 0 ? (
        <p className="pad sm dim">
          There is no transcript here any more. It was erased; the record says when and by whom.
        </p>
      ) : null}
    </>
  );
}

function Transcript({ source, review, at, onPlace }: Omit<SourcesProps, 'onShow'> & { source: SourceWithReading }) {
  const [cue, look] = useState<number>();
  const { reading } = source;
  const narration = useMemo(
    () => (reading.kind === 'transcript' ? narrationOf(review.draft, reading.transcript) : undefined),
    [reading, review.draft],
  );
  const place = (id: string) => {
    look(undefined);
    onPlace(id);
  };
  if (source.reading.kind !== 'transcript')
    return (
      <p className="pad sm dim">
        {source.erasedAt ? 'This transcript was erased.' : 'This transcript could not be read.'}
      </p>
    );
  const { transcript } = source.reading;
  return (
    <>
      {transcript.warnings.length > 0 ? (
        <details className="warn">
          <summary>{count(transcript.warnings.length, 'thing')} mended while reading</summary>
          <ul>
            {transcript.warnings.map((words, index) => (
              <li key={index}>{words}</li>
            ))}
          </ul>
        </details>
      ) : null}
      {narration ? <NarrationNotes narration={narration} sop={review.draft} onPlace={place} onCue={look} /> : null}
      <TranscriptList cues={transcript.cues} sop={review.draft} at={at} cue={cue} onPlace={place} />
    </>
  );
}

function Throughs({ throughs }: { throughs: readonly RunThrough[] }) {
  if (throughs.length === 0)
    return (
      <p className="pad sm dim">Nobody has run this SOP yet. The recording of the run-through will be here, to play.</p>
    );
  return (
    <ol className="throughs">
      {throughs.map((through) => (
        <li key={through.id}>
          <p>
            <b>{through.person.name}</b>{' '}
            <span className="faint">
              {when(through.startedAt)}, {through.finishedAt ? 'finished' : 'not finished'},{' '}
              {count(through.ticks.length, 'step')} ticked
            </span>
          </p>
          {through.recordings.map((source) => (
            <Recording key={source.id} source={source} />
          ))}
          {through.recordings.length === 0 ? <p className="lab">No recording attached.</p> : null}
        </li>
      ))}
    </ol>
  );
}

/** Where screenshots are added while the review is open; what is dropped or pasted anywhere in the room is shown here. */
function useAdding({ review, onShow }: SourcesProps, show: () => void): ReactNode {
  const may = useMay('operator') && review.state === 'open';
  const pictures = useLatePictures(review.runId);
  const over = useDropped({
    onFiles: (files) => {
      if (!may) return;
      pictures.give(files);
      show();
      onShow();
    },
  });
  if (!may) return null;
  const step = review.draft.steps.find((one) => one.screenshot === null) ?? review.draft.steps[0];
  return (
    <AddPictures
      pictures={pictures}
      over={over}
      next={
        <Link className="link" to="." search={{ edit: step?.id ?? 'start' }}>
          Place it at a step
        </Link>
      }
    />
  );
}

/** What the draft rests on: the walk-through's words and pictures, and the run-throughs with their recordings. */
export function SopSources(props: SourcesProps) {
  const [shown, show] = useState<'walk' | 'run'>('walk');
  const { runThroughs } = props.review;
  const adding = useAdding(props, () => show('walk'));
  return (
    <>
      <header>
        <h2>Sources</h2>
        <span className="sp" />
        <span className="seg" role="group" aria-label="Which source">
          <button aria-pressed={shown === 'walk'} onClick={() => show('walk')}>
            Walk-through
          </button>
          <button aria-pressed={shown === 'run'} onClick={() => show('run')}>
            Run-through{runThroughs.length > 0 ? ` ${String(runThroughs.length)}` : ''}
          </button>
        </span>
      </header>
      {shown === 'walk' ? <Walk {...props} adding={adding} /> : <Throughs throughs={runThroughs} />}
    </>
  );
}
