import { diffWordsWithSpace } from 'diff';

/** Words that changed, inline: removed ones struck, new ones underlined, said aloud for those who listen. */
export function Words({ before, after }: { before: string; after: string }) {
  if (before === after) return <>{after}</>;
  return (
    <>
      {diffWordsWithSpace(before, after).map((part, index) => {
        if (part.added)
          return (
            <ins key={index}>
              <span className="vh">inserted: </span>
              {part.value}
              <span className="vh"> (end of inserted)</span>
            </ins>
          );
        if (part.removed)
          return (
            <del key={index}>
              <span className="vh">deleted: </span>
              {part.value}
              <span className="vh"> (end of deleted)</span>
            </del>
          );
        return <span key={index}>{part.value}</span>;
      })}
    </>
  );
}
