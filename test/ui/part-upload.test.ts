import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { PartUpload } from '../../ui/run-through/part-upload.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Fate = 'lost on the way' | 'answer lost' | 'half written' | 'busy' | 'fine';
const fates: Fate[] = ['lost on the way', 'answer lost', 'half written', 'busy', 'fine'];

/** The server's side of the agreement: bytes at their exact place, the same ones again are fine. */
function server(plan: Fate[]) {
  let held = Buffer.alloc(0);
  let sealed = false;
  const answer = (status: number) => new Response(JSON.stringify({}), { status });
  vi.stubGlobal('fetch', async (address: string, init: { body: Blob }) => {
    const query = new URL(address, 'http://here').searchParams;
    const offset = Number(query.get('offset'));
    const body = Buffer.from(await init.body.arrayBuffer());
    const fate = plan.shift() ?? 'fine';
    if (fate === 'lost on the way') throw new TypeError('fetch failed');
    if (fate === 'busy') return answer(503);
    if (offset > held.length) return answer(409);
    const known = Math.min(held.length - offset, body.length);
    if (!held.subarray(offset, offset + known).equals(body.subarray(0, known))) return answer(409);
    const whole = Buffer.concat([held, body.subarray(known)]);
    held = fate === 'half written' ? whole.subarray(0, held.length + ((whole.length - held.length) >> 1)) : whole;
    if (fate === 'half written') throw new TypeError('fetch failed');
    if (query.get('last') === 'true') sealed = true;
    if (fate === 'answer lost') throw new TypeError('fetch failed');
    return answer(200);
  });
  return { held: () => held, sealed: () => sealed };
}

test('whatever happens to requests and answers, the part arrives whole, in order, and is sealed once all is there', async () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 0, maxLength: 3000 }), { minLength: 1, maxLength: 12 });
  const plans = fc.array(fc.constantFrom(...fates), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(pieces, plans, async (recorded, plan) => {
      vi.useFakeTimers();
      const there = server([...plan]);
      const upload = new PartUpload('/recording', 1, () => undefined);
      for (const piece of recorded) {
        upload.take(new Blob([Uint8Array.from(piece)]));
        await vi.advanceTimersByTimeAsync(1000);
      }
      let over = false;
      void upload.end().then(() => (over = true));
      for (let waited = 0; waited < 60 && !over; waited += 1) await vi.advanceTimersByTimeAsync(2000);
      expect(upload.refused).toBeUndefined();
      expect(over).toBe(true);
      expect(there.held()).toEqual(Buffer.concat(recorded));
      expect(there.sealed()).toBe(true);
      expect(upload.behind).toBe(false);
    }),
    { numRuns: 100 },
  );
});

test('what the server refuses for good is said, and nothing more is sent', async () => {
  let asked = 0;
  vi.stubGlobal('fetch', () => {
    asked += 1;
    return Promise.resolve(
      new Response(JSON.stringify({ error: { code: 'wrong_state', message: 'Part 1 is closed.' } }), { status: 409 }),
    );
  });
  const upload = new PartUpload('/recording', 1, () => undefined);
  upload.take(new Blob([new Uint8Array(2000)]));
  await upload.over;
  upload.take(new Blob([new Uint8Array(2000)]));
  expect([upload.refused, asked]).toEqual(['Part 1 is closed.', 1]);
});
