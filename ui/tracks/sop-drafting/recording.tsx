import type { Source } from '../../../api/contract/index.js';
import { findLength } from '../../pictures/recording-length.js';
import { bytes } from '../../shared/words.js';

/** A recording to play where the browser can, and to download where it cannot. */
export function Recording({ source }: { source: Source }) {
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
    </div>
  );
}
