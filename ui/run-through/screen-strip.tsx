import { useState } from 'react';
import type { RunThrough } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { Icon } from '../shared/icons.js';
import { useKeys } from '../shared/keys.js';
import { bytes, count } from '../shared/words.js';
import type { Screen } from './use-screen.js';

/** `02:07`, `1:02:07` */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${String(hours)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A few seconds between recording and disk are usual; from here on it is said that the upload is behind. */
const usualSeconds = 5;

function Saved({ screen }: { screen: Screen }) {
  const { now } = screen;
  if (!now) return null;
  const { upload } = now;
  const ago = Math.max(1, Math.round((Date.now() - upload.savedUntil) / 1000));
  if (ago <= usualSeconds) return <span className="dim">saved up to {count(ago, 'second')} ago</span>;
  return (
    <span className="behind">
      {upload.trouble ? `${upload.trouble} ` : 'The upload is behind. '}
      {count(ago, 'second')} not saved yet; recording goes on.
    </span>
  );
}

/** After the stop, until all of it is there. */
function Ending({ screen }: { screen: Screen }) {
  const trouble = screen.now?.upload.trouble;
  if (!trouble) return <span className="dim">Saving the end…</span>;
  return <span className="behind">{trouble} The end is sent as soon as it does. Keep this page open until then.</span>;
}

/** What a screen reader is told when it changes: the seconds are not. */
function standing(screen: Screen): string {
  if (screen.phase === 'recording')
    return screen.now?.upload.trouble ? 'Recording. The upload is behind.' : 'Recording the screen.';
  if (screen.phase === 'saving') return 'Saving the end of the recording.';
  return screen.said ?? '';
}

function Before({ screen, through }: { screen: Screen; through: RunThrough | undefined }) {
  const { kept, said } = screen;
  if (said) return <span className="words">{said}</span>;
  if (kept)
    return (
      <span className="words">
        The recording broke off{kept.until ? ` at ${when(kept.until)}` : ''}. What came until then is kept as part{' '}
        {kept.part}, {bytes(kept.bytes)}.
      </span>
    );
  if (!through || screen.parts === 0) return null;
  const size = through.recordings.reduce((sum, part) => sum + part.bytes, 0);
  return (
    <span className="words dim">
      Recording saved: {count(screen.parts, 'part')}, {bytes(size)}.
    </span>
  );
}

/** The recording of the run-through, on every step of it: start, how far it is saved, stop, go on. */
export function ScreenStrip(props: { screen: Screen; through: RunThrough | undefined; onAttach: () => void }) {
  const { screen, through, onAttach } = props;
  const [voice, setVoice] = useState(false);
  const { phase, now, kept, parts } = screen;
  const group = 'The recording';
  const toggle = () => (phase === 'recording' ? void screen.stop() : screen.start(voice));
  useKeys([
    {
      keys: 'r',
      label: phase === 'recording' ? 'stop recording' : 'record the screen',
      group,
      on: screen.impossible === undefined,
      run: toggle,
    },
  ]);
  const attach =
    parts > 0 && !kept && !screen.impossible ? null : (
      <button className="link" onClick={onAttach}>
        {parts > 0 || kept || screen.impossible ? 'Attach a file' : 'Attach a file instead'}
      </button>
    );
  if (screen.impossible)
    return (
      <div className="recstrip">
        <span className="words">
          {screen.impossible} Record with any screen recorder, and {parts > 0 ? 'add' : 'attach'} the file.
        </span>
        <span className="sp" />
        {attach}
      </div>
    );
  const next = parts + (kept ? 2 : 1);
  return (
    <div className={phase === 'recording' ? 'recstrip on' : 'recstrip'}>
      <p className="vh" role="status">
        {standing(screen)}
      </p>
      {now ? (
        <>
          <span className="dot" aria-hidden="true" />
          <b className="time" role="timer" aria-label="Recorded">
            {clock(now.length())}
          </b>
          {phase === 'saving' ? <Ending screen={screen} /> : <Saved screen={screen} />}
          {now.upload.part > 1 ? <span className="faint">part {now.upload.part}</span> : null}
          <span className="sp" />
          <Button small hint="r" busy={phase === 'saving' ? 'Saving…' : false} onClick={toggle}>
            Stop recording
          </Button>
        </>
      ) : (
        <>
          <Before screen={screen} through={through} />
          {parts > 0 || kept || screen.said ? <span className="sp" /> : null}
          <Button small hint="r" busy={phase === 'asking' ? 'Choose what to share…' : false} onClick={toggle}>
            <Icon name="record" />
            {next === 1 ? 'Record the screen' : `Go on as part ${String(next)}`}
          </Button>
          <label className="voice">
            <input type="checkbox" checked={voice} onChange={(event) => setVoice(event.target.checked)} /> with my voice
          </label>
          {parts > 0 || kept || screen.said ? null : <span className="sp" />}
          {attach}
        </>
      )}
    </div>
  );
}
