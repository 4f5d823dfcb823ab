import { useEffect, type ReactNode } from 'react';

/** Names the page in the window's title. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title) document.title = `${title} · Countersign`;
  }, [title]);
}

/** A page of the house: the bar with its heading, and the body. The navigation stands beside it. */
export function HousePage({
  title,
  about,
  lead,
  tools,
  children,
}: {
  title: string;
  /** Beside the heading, in grey: "9 waiting, 4 due today". */
  about?: ReactNode;
  /** Beside the heading, as it is: a pager. */
  lead?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <main className="page" id="main" tabIndex={-1}>
      <header className="bar">
        <h1 className={title.length < 15 ? 'keep' : undefined}>{title}</h1>
        {about ? <span className="faint sm cut">{about}</span> : null}
        {lead}
        <span className="sp" />
        {tools}
      </header>
      {children}
    </main>
  );
}
