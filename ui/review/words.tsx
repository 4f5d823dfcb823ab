import { wordParts } from './word-parts.js';

/** Words that changed, inline: removed ones struck, new ones underlined, said aloud for those who listen. */
export function Words({ before, after }: { before: string; after: string }) {
  if (before === after) return <>{after}</>;
  return (
    <>
      {wordParts(before, after).map((part, index) => {
        if (part.kind === 'in')
          return (
            <ins key={index}>
              <span className="vh">inserted: </span>
              {part.text}
              <span className="vh"> (end of inserted)</span>
            </ins>
          );
        if (part.kind === 'out')
          return (
            <del key={index}>
              <span className="vh">deleted: </span>
              {part.text}
              <span className="vh"> (end of deleted)</span>
            </del>
          );
        return <span key={index}>{part.text}</span>;
      })}
    </>
  );
}
