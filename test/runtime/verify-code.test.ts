import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { citedPaths } from '../../bin/setup/doc-paths.mjs';
import { cruise } from '../../bin/setup/verify-code.mjs';
import { freshFolder } from '../support/harness.js';

const root = path.resolve(import.meta.dirname, '../..');

// Each is one file that breaks one rule of the house, in a tree of its own.
const planted: Record<string, Record<string, string>> = {
  'workflow-code-is-sealed': {
    'workflows/leaky.ts': "import { x } from '../db/x.js';\nexport const y = x;\n",
    'db/x.ts': 'export const x = 1;\n',
  },
  'the-domain-is-pure': {
    'workflows/domain/reads.ts': "import { readFileSync } from 'node:fs';\nexport const y = readFileSync;\n",
  },
  'only-the-api-decides': {
    'activities/decides.ts': "import { decide } from '../db/commands/decide.js';\nexport const y = decide;\n",
    'db/commands/decide.ts': 'export const decide = 1;\n',
  },
  'ui-sees-the-api-as-a-type': {
    'ui/reaches.ts': "import { x } from '../api/server.js';\nexport const y = x;\n",
    'api/server.ts': 'export const x = 1;\n',
  },
  'no-cycles': {
    'api/a.ts': "import { b } from './b.js';\nexport const a = (): unknown => b;\n",
    'api/b.ts': "import { a } from './a.js';\nexport const b = (): unknown => a;\n",
  },
};

test.each(Object.keys(planted))('the import rule %s sees a planted violation', async (rule) => {
  const tree = freshFolder('planted');
  writeFileSync(
    path.join(tree, 'tsconfig.json'),
    '{ "compilerOptions": { "module": "ESNext", "moduleResolution": "Bundler" } }',
  );
  for (const [file, text] of Object.entries(planted[rule] ?? {})) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  const folders = [...new Set(Object.keys(planted[rule] ?? {}).map((file) => file.split('/')[0] ?? ''))];
  const found = await cruise(root, folders, tree);
  expect(found.passed).toBe(false);
  expect(found.words).toContain(rule);
});

test('a path that the docs cite is checked, and patterns, commands and addresses are not', () => {
  const text = [
    'See `bin/setup.mjs`, `bin/*.ts`, `npm run bench`, `api/<name>.ts` and [the rules](db/rules.md#one).',
    '[Outside](https://example.com/a/b) and `other/place.ts`.',
    '```',
    'bin/in-a-block.ts',
    '```',
  ].join('\n');
  expect(citedPaths(text, new Set(['bin', 'api', 'db']))).toEqual(['bin/setup.mjs', 'db/rules.md']);
});
