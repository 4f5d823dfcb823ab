import { readRecordingLink } from '../../workflows/domain/recording-link.js';
import { Icon } from './icons.js';

/** A link to a recording, and that it is one. Read once more here: nothing else becomes an address. */
export function RecordingLink({ link }: { link: string }) {
  const reading = readRecordingLink(link);
  if (!reading.ok) return null;
  return (
    <p className="recording-link sm">
      <a className="link" href={reading.url} target="_blank" rel="noopener noreferrer">
        Recording at {reading.host}
        <Icon name="external" />
      </a>{' '}
      <span className="faint">Kept as a link; Countersign does not fetch it.</span>
    </p>
  );
}
