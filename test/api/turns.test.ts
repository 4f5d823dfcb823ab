import { describe, expect, test } from 'vitest';
import { createTurns, readersAtOnce, type Turns } from '../../api/turns.js';
import { until } from '../support/until.js';

/** Work that ends when it is told to, and a list of what has begun. */
function workshop(turns: Turns) {
  const begun: string[] = [];
  const ends = new Map<string, { done: () => void; broke: (error: Error) => void }>();
  const give = (who: string, name: string) =>
    turns(who, () => {
      begun.push(name);
      return new Promise<string>((resolve, reject) =>
        ends.set(name, { done: () => resolve(name), broke: (error) => reject(error) }),
      );
    });
  const ending = async (name: string) => {
    await until(() => ends.has(name), { what: `the beginning of ${name}` });
    return ends.get(name);
  };
  return { begun, give, ending };
}

describe('readers at work', () => {
  test('are never more than there is room for, and forty files all get their turn in order', async () => {
    let going = 0;
    let most = 0;
    const order: number[] = [];
    const turns = createTurns(2);
    await Promise.all(
      Array.from({ length: 40 }, (_, file) =>
        turns('one', async () => {
          order.push(file);
          most = Math.max(most, (going += 1));
          await new Promise((resolve) => setImmediate(resolve));
          going -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual(Array.from({ length: 40 }, (_, file) => file));
  });

  test('take whoever waits in a round: a single file does not stand behind another’s forty', async () => {
    const { begun, give, ending } = workshop(createTurns(1));
    const all = ['a1', 'a2', 'a3'].map((name) => give('anna', name));
    const single = give('ben', 'b1');
    for (const name of ['a1', 'a2', 'b1']) {
      (await ending(name))?.done();
      await (name === 'b1' ? single : all[name === 'a1' ? 0 : 1]);
    }
    (await ending('a3'))?.done();
    await Promise.all(all);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  test('go on where one of them fails, and only whoever gave that file hears of it', async () => {
    const { give, ending } = workshop(createTurns(1));
    const bad = expect(give('anna', 'bad')).rejects.toThrow('It crashed.');
    const good = give('anna', 'good');
    (await ending('bad'))?.broke(new Error('It crashed.'));
    await bad;
    (await ending('good'))?.done();
    await expect(good).resolves.toBe('good');
  });

  test.each([
    [1, 16, 2],
    [2, 16, 2],
    [3, 16, 3],
    [32, 16, 4],
    [32, 2, 2],
    [2, 0.5, 1],
  ])('with %i cores and %f GB are %i at once', (cores, memory, most) => {
    expect(readersAtOnce(cores, memory * 1024 ** 3)).toBe(most);
  });
});
