import type { ReactNode } from 'react';
import { Note } from '../shared/note.js';
import { useMay } from '../shared/queries.js';

/** A section's heading and what it is for, and for those who may only read it, a sentence that says so. */
export function Section({
  title,
  about,
  aside,
  forAdmins = true,
  children,
}: {
  title: string;
  about?: ReactNode;
  /** The section's one verb, beside the heading. */
  aside?: ReactNode;
  forAdmins?: boolean;
  children: ReactNode;
}) {
  const admin = useMay('admin');
  return (
    <section aria-labelledby="section-title">
      <div className="row top head">
        <div className="sp">
          <h2 className="t1" id="section-title">
            {title}
          </h2>
          {about ? <p className="dim">{about}</p> : null}
        </div>
        {aside}
      </div>
      {forAdmins && !admin ? <Note title="You can read this.">Changing it needs the admin role.</Note> : null}
      {children}
    </section>
  );
}
