import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

const loopback = /^(::1$|127\.|::ffff:127\.)/;
/** Where a proxy of one's own would be. */
const near = /^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^f[cd]/i;

/**
 * Who is at the other end. A proxy on this machine or in its network is taken at its word for the last address that it
 * added; what a caller wrote before that counts for nothing, and a forwarded request is never local.
 */
export function peerOf(c: Context): { peer: string | undefined; local: boolean } {
  const socket = addressOf(c);
  const forwarded = c.req.header('x-forwarded-for');
  if (socket === undefined || forwarded === undefined)
    return { peer: socket, local: socket !== undefined && loopback.test(socket) };
  const last = forwarded.split(',').at(-1)?.trim();
  return { peer: loopback.test(socket) || near.test(socket) ? last : socket, local: false };
}

function addressOf(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address;
  } catch {
    return undefined;
  }
}
