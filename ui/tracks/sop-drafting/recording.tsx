import type { Source } from '../../../api/contract/index.js';
import type { SyntheticEvent } from 'react';
import { bytes } from '../../shared/words.js';

/**
 * A browser writes a recording as it goes and so cannot put its length at its front: sent to the far end once, the player
 * finds it, and goes back.
 */
function findLength(event: SyntheticEvent<HTMLVideoElement>): void {
  const video = event.currentTarget;
  if (video.duration !== Infinity) return;
  const back = () => {
    if (video.duration === Infinity) return;
    video.removeEventListener('durationchange', back);
    video.currentTime = 0;
  };
  video.addEventListener('durationchange', back);
  video.currentTime = Number.MAX_SAFE_INTEGER;
}

/** A recording to play where the browser can, and to download where it cannot. */
export function Recording({ source }: { source: Source }) {
  if (source.url === undefined) return <p className="lab">The recording was erased.</p>;
  const kind = source.mediaType.split('/')[0];
  return (
    <div className="recording">
      {kind === 'video' ? <video controls preload="metadata" src={source.url} onLoadedMetadata={findLength} /> : null}
      {kind === 'audio' ? <audio controls preload="metadata" src={source.url} /> : null}
      <a className="link sm" href={source.url} download={source.name}>
        {source.name}
      </a>{' '}
      <span className="faint sm">{bytes(source.bytes)}</span>
    </div>
  );
}
