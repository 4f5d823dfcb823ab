import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../workflows/domain/errors.js';
import type { AppEnv } from './kit.js';

/** Guesses at one account from one address, and at all accounts from one address. A success costs nothing. */
const perAccount = { points: 8, duration: 5 * 60 };
const perAddress = { points: 60, duration: 5 * 60 };

export type SignInLimit = {
  /** Runs a try at `account`; a failed one (a refusal or an answer of 4xx) costs a point. */
  attempt: <T extends Response | object>(c: Context<AppEnv>, account: string, run: () => Promise<T>) => Promise<T>;
};

function tooMany(waitMs: number): Refusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new Refusal('rate_limited', `Too many tries. Wait ${seconds} seconds, then try again.`, { seconds });
}

/** Limits tries at passwords and one-time links: hashing one takes a tenth of a second of processor time. */
export function createSignInLimit(): SignInLimit {
  const account = new RateLimiterMemory(perAccount);
  const address = new RateLimiterMemory(perAddress);
  return {
    attempt: async (c, name, run) => {
      const peer = c.var.peer ?? 'unknown';
      const key = `${peer} ${name.trim().toLowerCase()}`;
      // Taken before the try, so that twenty at once do not all pass; given back where it succeeds.
      const taken = await Promise.all([account.consume(key), address.consume(peer)]).catch((error: unknown) => {
        if (error instanceof RateLimiterRes) throw tooMany(error.msBeforeNext);
        throw error;
      });
      const answer = await run();
      if (taken.length > 0 && !(answer instanceof Response && answer.status >= 400))
        await Promise.all([account.delete(key), address.reward(peer)]);
      return answer;
    },
  };
}

/** Wrong links from one address, and readings by one address however right: a calendar asks a few times an hour. */
const wrongLinks = { points: 30, duration: 5 * 60 };
const readings = { points: 120, duration: 60 };

export type FeedLimit = {
  /** Runs a try at a secret link; false is a wrong one, and costs a point. */
  attempt: (c: Context<AppEnv>, run: () => Promise<boolean>) => Promise<boolean>;
};

/** Limits guesses at secret links, and how often the feed is made. */
export function createFeedLimit(): FeedLimit {
  const wrong = new RateLimiterMemory(wrongLinks);
  const any = new RateLimiterMemory(readings);
  return {
    attempt: async (c, run) => {
      const peer = c.var.peer ?? 'unknown';
      // Taken before the look-up, so that many at once do not all pass; given back where the link was right.
      await Promise.all([any.consume(peer), wrong.consume(peer)]).catch((error: unknown) => {
        if (error instanceof RateLimiterRes) throw tooMany(error.msBeforeNext);
        throw error;
      });
      const right = await run();
      if (right) await wrong.reward(peer);
      return right;
    },
  };
}
