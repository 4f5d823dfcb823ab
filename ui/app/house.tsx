import { Outlet } from '@tanstack/react-router';
import { Nav } from './nav.js';
import { PhoneBar } from './phone-bar.js';

/** The house: navigation beside the page, or below it on a phone. */
export function House() {
  return (
    <div className="app">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <Nav />
      <Outlet />
      <PhoneBar />
    </div>
  );
}
