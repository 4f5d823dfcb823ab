import tseslint from 'typescript-eslint';

const envOnlyInEnvFiles = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read settings from env.ts, where zod parses process.env once per process.',
};
const noTransactions = {
  selector: 'CallExpression[callee.property.name=/^(begin|transaction|savepoint)$/]',
  message:
    'A change of state is one statement: postgres.js loses transactions over a restart. Write a function in db/functions.',
};
const noSleepInTests = {
  selector: "CallExpression[callee.name='setTimeout']",
  message: 'Wait for the event, not for time: use until() of test/support/until.ts.',
};

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      '.countersign',
      '.cache',
      'coverage',
      '*.cjs',
      'bin/*.mjs',
      'test/fixtures',
      'test/replay/histories',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', envOnlyInEnvFiles, noTransactions],
      'max-lines': ['error', { max: 300 }],
      eqeqeq: ['error', 'always'],
    },
  },
  { files: ['**/env.ts', 'bin/**/*.ts'], rules: { 'no-restricted-syntax': ['error', noTransactions] } },
  { files: ['db/migrate.ts', 'db/migrate/**'], rules: { 'no-restricted-syntax': ['error', envOnlyInEnvFiles] } },
  { files: ['test/**'], rules: { 'no-restricted-syntax': ['error', noTransactions, noSleepInTests] } },
  { files: ['test/support/until.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
