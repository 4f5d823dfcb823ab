import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { tellHouseKeys } from '../shared/browser.js';
import { useMe } from '../shared/queries.js';
import { AppKeys } from './app-keys.js';
import { KeysHelp } from './keys-help.js';
import { startLive } from './live.js';
import { MoreSheet } from './more-sheet.js';
import { Notices } from './notices.js';
import { Palette } from './palette.js';
import { useSignedOutElsewhere } from './session.js';

/** Around every page of a person who is signed in: keys, search, notices, and the live channel. */
export function SignedIn() {
  const client = useQueryClient();
  useEffect(() => startLive(client), [client]);
  useFocusOnArrival();
  useSignedOutElsewhere();
  const { singleKeys } = useMe().features;
  useEffect(() => tellHouseKeys(singleKeys), [singleKeys]);
  return (
    <>
      <AppKeys />
      <Outlet />
      <Palette />
      <KeysHelp />
      <Notices />
      <MoreSheet />
    </>
  );
}

/** On another page the focus goes to its main part, unless the page has put it somewhere better. */
function useFocusOnArrival() {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return;
        const main = document.getElementById('main');
        if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
      }),
    [router],
  );
}
