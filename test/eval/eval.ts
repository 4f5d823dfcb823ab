import path from 'node:path';
import { parseArgs } from 'node:util';
import { contractQuotes } from './contract-quotes.js';
import { contractSummary } from './contract-summary.js';
import { hiddenClauses } from './hidden-clauses.js';
import { EvalTrouble, type Eval } from './report.js';
import { sopChecks } from './sop-checks.js';

/** Every eval by its name. A further one is a file beside this and a line here. */
const evals: Record<string, Eval> = {
  'contract-quotes': contractQuotes,
  'contract-summary': contractSummary,
  'hidden-clauses': hiddenClauses,
  'sop-checks': sopChecks,
};

const known = () =>
  Object.entries(evals)
    .map(([name, { about }]) => `  npm run eval -- ${name}    ${about}`)
    .join('\n');

const root = path.resolve(import.meta.dirname, '../..');

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      data: { type: 'string', default: path.join(root, '../shared/data') },
      train: { type: 'string' },
      test: { type: 'string' },
      'write-weights': { type: 'boolean', default: false },
    },
  });
  const [name = ''] = positionals;
  const chosen = Object.hasOwn(evals, name) ? evals[name] : undefined;
  if (chosen === undefined) throw new EvalTrouble(`Say which eval:\n${known()}\n--json prints the figures as JSON.`);
  const { data, train, test, 'write-weights': writeWeights } = values;
  const { figures, lines } = await chosen.run({ data, train, test, writeWeights });
  process.stdout.write(
    values.json ? `${JSON.stringify({ eval: name, ...figures }, null, 2)}\n` : `${lines.join('\n')}\n`,
  );
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const plain = error instanceof EvalTrouble || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(`${plain ? error.message : (error.stack ?? error.message)}\n`);
  process.exitCode = 1;
}
