import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { SopReview } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button, buttonClass } from '../shared/button.js';
import { FieldError } from '../shared/field.js';
import { Icon } from '../shared/icons.js';
import { Note } from '../shared/note.js';
import { bytes, count, list } from '../shared/words.js';
import type { StepStanding } from './standing.js';
import { useRecording } from './use-recording.js';
import type { Ticking } from './use-run-through.js';
import type { Screen } from './use-screen.js';

type Recording = ReturnType<typeof useRecording>;

function Progress({ recording }: { recording: Recording }) {
  const { sending } = recording;
  if (sending.state === 'none') return null;
  const share = sending.size === 0 ? 0 : sending.sent / sending.size;
  return (
    <div className="progress">
      <p className="row sm">
        <b className="cut">{sending.name}</b>
        <span className="faint nw">{sending.size === 0 ? '' : `${bytes(sending.sent)} of ${bytes(sending.size)}`}</span>
        <span className="sp" />
        {sending.state === 'sending' ? (
          sending.size === 0 ? null : (
            <Button small onClick={recording.pause}>
              Pause
            </Button>
          )
        ) : (
          <Button small onClick={recording.goOn}>
            Go on
          </Button>
        )}
      </p>
      <progress max={1} value={share} aria-label="How much of the recording has arrived" />
      {sending.state === 'paused' ? <FieldError>{sending.why}</FieldError> : null}
    </div>
  );
}

function Attach({ review, recording }: { review: SopReview; recording: Recording }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <p className="sm dim">
        A file from any screen recorder does as well: record the screen while you do the work, and attach the file here.
        Up to 2 GB; it is sent in parts, so a broken connection costs nothing.
      </p>
      <div className="row verbs">
        <Button onClick={() => picker.current?.click()}>
          <Icon name="attach" />
          Attach a recording
        </Button>
        {review.run.sample ? (
          <Button onClick={recording.sample}>
            <Icon name="record" />
            Use the sample’s recording
          </Button>
        ) : null}
        <input
          ref={picker}
          className="vh"
          type="file"
          tabIndex={-1}
          aria-label="Recording file"
          accept="video/*,.mp4,.m4v,.mov,.webm,.mkv"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) recording.send(file);
          }}
        />
      </div>
    </>
  );
}

type Left = { key: string; label: string };

function Done({ review, met, open }: { review: SopReview; met: number; open: readonly Left[] }) {
  const steps = open.filter((item) => item.key.startsWith('run-through:'));
  return (
    <div className="inner">
      <p className="big" tabIndex={-1} ref={(words) => words?.focus()}>
        {steps.length === 0 ? 'Every step is run.' : `${count(met, 'step')} run as written.`}
      </p>
      {open.length > 0 ? (
        <>
          <p className="dim">The run-through is on the record. Still open before it can be approved:</p>
          <ul className="stillopen">
            {open.map((item) => (
              <li key={item.key}>{item.label}</li>
            ))}
          </ul>
        </>
      ) : (
        <p className="dim">The run-through is on the record, with its recording.</p>
      )}
      <p className="row verbs">
        <Link className={buttonClass({ tone: 'primary' })} to="/reviews/$id" params={{ id: review.id }}>
          Back to the review
        </Link>
      </p>
    </div>
  );
}

/** The end of a run-through: the recording, what is still open, and finish. */
export function Finish(props: {
  review: SopReview;
  steps: readonly StepStanding[];
  ticking: Ticking;
  screen: Screen;
  onGo: (step: string) => void;
}) {
  const { review, steps, ticking, screen, onGo } = props;
  const recording = useRecording(review, ticking);
  const { through } = ticking;
  const finish = useMutation({
    mutationFn: async () => {
      await screen.stop();
      const { id } = await ticking.start();
      return ask('post /api/runs/{id}/run-throughs/{rt}/finish', { params: { id: review.runId, rt: id } });
    },
    onSettled: ticking.reload,
  });
  if (finish.data) return <Done review={review} met={finish.data.met.length} open={finish.data.open} />;
  const open = steps.filter((step) => !step.settled);
  const differing = steps.filter((step) => step.mark === 'differed' || step.mark === 'exception');
  const ticked = through?.ticks.some((tick) => tick.current) ?? false;
  const attached = through?.recordings ?? [];
  const shown = attached.length > 0 || screen.now !== undefined || screen.kept !== undefined;
  const first = open[0];
  return (
    <div className="inner">
      <h2 className="big">The recording, and finish</h2>
      {attached.length > 0 ? (
        <ul>
          {attached.map((part) => (
            <li className="row" key={part.id}>
              <Icon name="tick" /> <b>{part.name || 'Recording, erased'}</b>{' '}
              <span className="faint">{bytes(part.bytes)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {screen.now ? (
        <p className="sm dim">The screen is being recorded. Finishing ends the recording and saves all of it.</p>
      ) : attached.length > 0 && screen.kept === undefined && screen.impossible === undefined ? null : (
        <Attach review={review} recording={recording} />
      )}
      <Progress recording={recording} />
      <hr className="hair" />
      {first ? (
        <Note
          icon="open"
          title={`${open.length === 1 ? 'Step' : 'Steps'} ${list(open.map((step) => String(step.number)))} ${open.length === 1 ? 'is' : 'are'} not ticked.`}
        >
          You can finish now and run {open.length === 1 ? 'it' : 'them'} another time.{' '}
          <button className="link" onClick={() => onGo(first.id)}>
            Go to step {first.number}
          </button>
        </Note>
      ) : null}
      {differing.length > 0 ? (
        <Note icon="wave" title={`${count(differing.length, 'step')} did not go as written.`}>
          {differing.length === 1 ? 'It stays' : 'They stay'} open until the text is mended and that step is run again.
        </Note>
      ) : null}
      {finish.isError ? (
        <Note tone="not-found" live="alert" title="Not finished.">
          {sentenceOf(finish.error)}
        </Note>
      ) : null}
      <p className="row verbs">
        <Button
          tone={shown && ticked ? 'primary' : 'wait'}
          busy={finish.isPending ? 'Finishing…' : false}
          onClick={() => {
            if (!ticked && first) onGo(first.id);
            else finish.mutate();
          }}
        >
          {!ticked ? 'Finish: tick a step first' : shown ? 'Finish the run-through' : 'Finish: record or attach first'}
        </Button>
      </p>
    </div>
  );
}
