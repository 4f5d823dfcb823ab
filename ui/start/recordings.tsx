import { useRef } from 'react';
import { FrameTaker } from '../pictures/frame-taker.js';
import { Button } from '../shared/button.js';
import { Icon } from '../shared/icons.js';
import { bytes } from '../shared/words.js';
import type { Playable, useRecordings } from './use-recordings.js';

type Props = ReturnType<typeof useRecordings> & { onFrame: (frame: File, of: Playable, seconds: number) => void };

/** Recordings to take screenshots from, and the way to choose one. */
export function Recordings({ recordings, open, setOpenKey, add, takeOut, onFrame }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button tone="quiet" small onClick={() => input.current?.click()}>
        Take screenshots from a recording
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Recording to take screenshots from"
        accept=".webm,.mp4,.m4v,.mov,.mkv,video/*"
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {recordings.length > 0 ? (
        <ul className="given" aria-label="Recordings to take screenshots from">
          {recordings.map((one) => (
            <li key={one.key}>
              <span className="pic">
                <Icon name="record" />
              </span>
              <div className="words">
                <p className="cut">
                  <b>{one.name}</b> <span className="faint sm">recording, {bytes(one.size)}</span>
                </p>
                <p className="sm dim">Played here, and sent nowhere.</p>
              </div>
              <Button small aria-label={`Take frames from ${one.name}`} onClick={() => setOpenKey(one.key)}>
                Take frames
              </Button>
              <Button small icon tone="quiet" aria-label={`Take out ${one.name}`} onClick={() => takeOut(one)}>
                <Icon name="close" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {open ? (
        <FrameTaker
          recording={open}
          about={`${open.name} is played in this browser and sent nowhere. A frame that you take waits with the other screenshots.`}
          onFrame={(frame, seconds) => onFrame(frame, open, seconds)}
          onClose={() => setOpenKey(undefined)}
        />
      ) : null}
    </>
  );
}
