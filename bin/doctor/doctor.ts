import type { BinEnv } from '../env.js';
import { say } from '../say.js';
import { machineChecks } from './machine.js';
import type { Finding } from './finding.js';
import { serviceChecks } from './services.js';

/** Checks everything Countersign stands on; each line that fails says what to do. Answers 1 where something is wrong. */
export async function doctor(env: BinEnv): Promise<number> {
  let wrong = 0;
  const tell = (finding: Finding) => {
    const mark = { ok: 'ok    ', note: 'note  ', wrong: 'WRONG ' }[finding.state];
    say(`${mark} ${finding.about}: ${finding.words}`);
    if (finding.state === 'wrong') wrong += 1;
  };
  for (const check of [...machineChecks(env), ...serviceChecks(env)]) tell(await check());
  say(
    wrong === 0
      ? 'Nothing is wrong.'
      : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong; each line above says what to do.`,
  );
  return wrong === 0 ? 0 : 1;
}
