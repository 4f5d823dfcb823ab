import { useState } from 'react';
import type { Source } from '../../../api/contract/index.js';
import { FrameTaker } from '../../pictures/frame-taker.js';
import { findLength } from '../../pictures/recording-length.js';
import { Button } from '../../shared/button.js';
import { bytes } from '../../shared/words.js';

/** Puts a file among the person's downloads. */
function save(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  // The browser reads it after the click; a minute is plenty and keeps no picture for ever.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A recording to play where the browser can, and to download where it cannot. */
export function Recording({ source }: { source: Source }) {
  const [taking, setTaking] = useState(false);
  if (source.url === undefined) return <p className="lab">The recording was erased.</p>;
  const kind = source.mediaType.split('/')[0];
  return (
    <div className="recording">
      {kind === 'video' ? (
        <video
          controls
          preload="metadata"
          src={source.url}
          onLoadedMetadata={(event) => findLength(event.currentTarget)}
        />
      ) : null}
      {kind === 'audio' ? <audio controls preload="metadata" src={source.url} /> : null}
      <a className="link sm" href={source.url} download={source.name}>
        {source.name}
      </a>{' '}
      <span className="faint sm">{bytes(source.bytes)}</span>
      {kind === 'video' ? (
        <p className="frame">
          <Button small aria-label={`Save frames of ${source.name}`} onClick={() => setTaking(true)}>
            Save frames
          </Button>
        </p>
      ) : null}
      {taking ? (
        <FrameTaker
          recording={{ name: source.name, url: source.url }}
          about="A frame that you take is saved among your downloads, as a picture to give where you need it."
          onFrame={save}
          onClose={() => setTaking(false)}
        />
      ) : null}
    </div>
  );
}
