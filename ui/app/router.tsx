import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import { ApiError } from '../shared/api.js';
import { meQuery } from '../shared/queries.js';
import { textSearch } from '../shared/url-state.js';
import { House } from './house.js';
import { NotHere } from './not-here.js';
import { PageFailure } from './page-failure.js';
import { queryClient } from './query-client.js';
import { SignedIn } from './signed-in.js';
import { Waiting } from './waiting.js';

const root = createRootRoute({ notFoundComponent: NotHere, errorComponent: PageFailure, validateSearch: textSearch });

/** Everything but signing in: who is here is known before a page is drawn. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: SignedIn,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'not_signed_in') throw error;
      const next = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: next ? { next } : {} });
    }
  },
});

const house = createRoute({ getParentRoute: () => signedIn, id: 'house', component: House });

const inHouse = house.addChildren([
  createRoute({
    getParentRoute: () => house,
    path: '/',
    component: lazyRouteComponent(() => import('../first-run/page.js'), 'FirstRunPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/inbox',
    component: lazyRouteComponent(() => import('../inbox/page.js'), 'InboxPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/timeline',
    component: lazyRouteComponent(() => import('../timeline/page.js'), 'TimelinePage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/published',
    component: lazyRouteComponent(() => import('../published/page.js'), 'PublishedPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/register',
    component: lazyRouteComponent(() => import('../register/page.js'), 'RegisterPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/how-long',
    component: lazyRouteComponent(() => import('../published/figures.js'), 'FiguresPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/published/$id',
    component: lazyRouteComponent(() => import('../published/item.js'), 'PublishedItemPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/runs/$id',
    component: lazyRouteComponent(() => import('../inbox/run-page.js'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/start',
    component: lazyRouteComponent(() => import('../start/page.js'), 'StartPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/settings',
    beforeLoad: () => {
      throw redirect({ to: '/settings/$section', params: { section: 'people' } });
    },
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/settings/$section',
    component: lazyRouteComponent(() => import('../settings/page.js'), 'SettingsPage'),
  }),
]);

const rooms = [
  createRoute({
    getParentRoute: () => signedIn,
    path: '/reviews/$id',
    component: lazyRouteComponent(() => import('../review/page.js'), 'ReviewPage'),
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/run-throughs/$id',
    component: lazyRouteComponent(() => import('../run-through/page.js'), 'RunThroughPage'),
  }),
];

const doors = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('../sign-in/sign-in.js'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/setup',
    component: lazyRouteComponent(() => import('../sign-in/set-up.js'), 'SetUpPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/invitation',
    component: lazyRouteComponent(() => import('../sign-in/invitation.js'), 'InvitationPage'),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren([signedIn.addChildren([inHouse, ...rooms]), ...doors]),
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: PageFailure,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
