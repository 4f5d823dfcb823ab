import type { PublishedDetail } from '../../api/contract/index.js';
import { buttonClass } from '../shared/button.js';
import { Icon } from '../shared/icons.js';

const formats = [
  ['pdf', 'PDF'],
  ['docx', 'Word'],
  ['md', 'Markdown'],
] as const;

/** The page as a file, in three formats, made from the bytes that were approved. */
export function TakeAlong({ item }: { item: PublishedDetail }) {
  return (
    <section className="noprint">
      <h2>Take it along</h2>
      <p className="row verbs">
        {formats.map(([format, name]) => (
          <a
            key={format}
            className={buttonClass({ small: true })}
            href={`/api/published/${item.publicationId}/export?format=${format}`}
            download
          >
            <Icon name="download" />
            {name}
          </a>
        ))}
      </p>
      <p className="sm dim">
        Made from the approved page each time. PDF and Word hold the pictures; Markdown is the approved file itself, and
        names them.
      </p>
    </section>
  );
}
