import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, type ComponentType } from 'react';
import { HousePage } from '../shared/page.js';
import { useMay } from '../shared/queries.js';
import { Drafter } from './drafter.js';
import { Keys } from './keys.js';
import { People } from './people.js';
import { Publishing } from './publishing.js';
import { Reviews } from './reviews.js';
import { isSection, sections, type SectionKey } from './sections.js';
import { SopFormat } from './sop-format.js';
import { Server } from './server.js';
import './settings.css';
import { You } from './you.js';

const pages: Record<SectionKey, ComponentType> = {
  people: People,
  publishing: Publishing,
  reviews: Reviews,
  'sop-format': SopFormat,
  drafter: Drafter,
  keys: Keys,
  server: Server,
  you: You,
};

/** Settings: one section at a time, each change an event on the record. */
export function SettingsPage() {
  const { section } = useParams({ strict: false });
  const chosen = isSection(section) ? section : 'people';
  const Section = pages[chosen];
  const admin = useMay('admin');
  const nav = useRef<HTMLElement>(null);
  // On a phone the sections stand in one row: the chosen one is brought into it.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen]);
  return (
    <HousePage title="Settings">
      <div className="settings">
        <nav ref={nav} aria-label="Settings" className="sections">
          {sections
            .filter(({ key }) => admin || key !== 'keys')
            .map(({ key, label }) => (
              <Link
                key={key}
                to="/settings/$section"
                params={{ section: key }}
                activeProps={{ 'aria-current': 'page' }}
              >
                {label}
              </Link>
            ))}
        </nav>
        <div className="body">
          <div className="section" key={chosen}>
            <Section />
          </div>
        </div>
      </div>
    </HousePage>
  );
}
