import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '../shared/button.js';
import { Dialog } from '../shared/dialog.js';
import { Note } from '../shared/note.js';
import { count } from '../shared/words.js';
import { arrived, frameOf, frameStep, momentWords } from './frames.js';
import './frames.css';
import { usePlayer } from './use-player.js';

type Props = {
  /** What is played: a file of this browser by its object URL, or one that is on the server already. */
  recording: { name: string; url: string };
  /** What becomes of a frame, in a sentence. */
  about: string;
  /** A frame as a picture, with its moment in seconds. */
  onFrame: (frame: File, seconds: number) => void;
  onClose: () => void;
};

/** A recording to look through, and the frame that is shown as a picture of its own. */
export function FrameTaker({ recording, about, onFrame, onClose }: Props) {
  const slider = useRef<HTMLInputElement>(null);
  const [taken, setTaken] = useState<readonly number[]>([]);
  const [failed, setFailed] = useState(false);
  const player = usePlayer();
  const { video, state, at, length } = player;
  const ready = state === 'ready';
  // Where the keys work, once there is something to move in.
  useEffect(() => {
    if (ready) slider.current?.focus();
  }, [ready]);

  const take = async () => {
    const { current } = video;
    if (!current || !ready) return;
    current.pause();
    try {
      await arrived(current);
      const seconds = current.currentTime;
      onFrame(await frameOf(current, recording.name), seconds);
      setTaken((before) => [...before, seconds]);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  const keys = (event: KeyboardEvent) => {
    const onButton = event.target instanceof HTMLButtonElement;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && player.step(event.key)) event.preventDefault();
    else if (event.key === ' ' && !onButton) {
      event.preventDefault();
      player.playOrPause();
    } else if (event.key === 'Enter' && !onButton) {
      event.preventDefault();
      void take();
    }
  };
  const steps = [
    { key: 'ArrowLeft', label: '1 second back', hint: '←' },
    { key: ',', label: '1 frame back', hint: ',' },
    { key: '.', label: '1 frame on', hint: '.' },
    { key: 'ArrowRight', label: '1 second on', hint: '→' },
  ];
  const stepButton = ({ key, label, hint }: (typeof steps)[number]) => (
    <Button key={key} small hint={hint} disabled={!ready} onClick={() => player.step(key)}>
      {label}
    </Button>
  );

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Take frames from a recording"
      description={about}
      shape="wide"
    >
      {player.trouble ? (
        <Note tone="not-found" live="alert" title={player.trouble}>
          Save it as WebM or as MP4 (H.264) and choose it again, or add screenshots of it instead.
        </Note>
      ) : null}
      <div className="frames" role="group" aria-label="The recording" hidden={state === 'trouble'} onKeyDown={keys}>
        <video
          ref={video}
          src={recording.url}
          preload="auto"
          playsInline
          aria-label={recording.name}
          onClick={player.playOrPause}
          {...player.events}
        />
        <div className="row moment">
          <input
            ref={slider}
            type="range"
            aria-label="Moment in the recording"
            aria-valuetext={`${momentWords(at)} of ${momentWords(length)}`}
            min={0}
            max={length}
            step={frameStep}
            value={at}
            disabled={!ready}
            onChange={(event) => player.goTo(event.currentTarget.valueAsNumber)}
          />
          <span className="num sm dim" aria-hidden="true">
            {ready ? `${momentWords(at)} / ${momentWords(length)}` : 'Opening…'}
          </span>
        </div>
        <div className="row steps">
          {steps.slice(0, 2).map(stepButton)}
          <Button small hint="space" disabled={!ready} onClick={player.playOrPause}>
            {player.playing ? 'Pause' : 'Play'}
          </Button>
          {steps.slice(2).map(stepButton)}
        </div>
      </div>
      <div className="row verbs">
        <span className="sm dim sp" role="status">
          {failed
            ? 'The recording broke off here. Go to another moment and take that.'
            : taken.length > 0
              ? `${count(taken.length, 'frame')} taken: ${taken.map(momentWords).join(', ')}`
              : ''}
        </span>
        <Button tone="quiet" onClick={onClose}>
          {taken.length > 0 ? 'Done' : 'Close'}
        </Button>
        {player.trouble ? null : (
          <Button tone="primary" hint="↵" disabled={!ready} onClick={() => void take()}>
            Take this frame
          </Button>
        )}
      </div>
    </Dialog>
  );
}
