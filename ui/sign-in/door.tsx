import type { ReactNode } from 'react';
import { BrandMark } from '../shared/icons.js';
import { useTitle } from '../shared/page.js';
import './door.css';

/** The frame of every page before one is signed in. */
export function Door({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="door" id="main" tabIndex={-1}>
      <p className="brand">
        <BrandMark />
        Countersign
      </p>
      <h1 className="t1">{title}</h1>
      {about ? <p className="dim about">{about}</p> : null}
      {children}
    </main>
  );
}
