// Import rules of the house. Type-only imports vanish at compile time, so a rule that guards what runs lets them through.
const atRuntime = { dependencyTypesNot: ['type-only'] };

// The keys of workflows/domain/tracks.ts, and those that DESIGN names for later.
const tracks = 'sop-drafting|contract-summary|notice-letter|intake-routing|meeting-notes|metric-watch|weekly-audit';

module.exports = {
  forbidden: [
    {
      name: 'workflow-code-is-sealed',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '^workflows/domain/' },
      to: { pathNot: ['^workflows/', '^node_modules/@temporalio/(workflow|common)/'], ...atRuntime },
    },
    {
      name: 'workflows-know-activities-by-type-only',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^(api|db|ui|bin|test)/' },
    },
    {
      name: 'the-domain-is-pure',
      severity: 'error',
      from: { path: '^workflows/domain/' },
      to: {
        path: [
          '^(activities|api|db|ui|bin)/',
          '^workflows/(?!domain/)',
          '^node_modules/(@temporalio|hono|drizzle-orm|postgres|@anthropic-ai)/',
          '^(node:)?(fs|net|http|https|child_process|crypto|process)$',
        ],
      },
    },
    {
      name: 'a-track-never-imports-a-track',
      severity: 'error',
      from: { path: `^(workflows|activities|ui/tracks)/(${tracks})(\\.tsx?$|/)` },
      to: { path: `^$1/(${tracks})(\\.tsx?$|/)`, pathNot: '^$1/$2(\\.tsx?$|/)' },
    },
    {
      name: 'only-the-api-decides',
      severity: 'error',
      from: { pathNot: '^(api|test)/' },
      to: { path: '^db/commands/decide\\.ts$' },
    },
    {
      name: 'writes-have-two-callers',
      severity: 'error',
      from: { pathNot: '^(api|activities|bin|db|test)/' },
      to: { path: '^db/commands/' },
    },
    {
      name: 'sql-lives-in-db',
      severity: 'error',
      from: { pathNot: '^(db|bin|test)/' },
      to: { path: '^node_modules/(drizzle-orm|postgres)/' },
    },
    {
      name: 'models-live-in-drafters',
      severity: 'error',
      from: { pathNot: '^(activities/drafters|test)/' },
      to: { path: '^node_modules/(@anthropic-ai|openai)/' },
    },
    {
      name: 'ui-sees-the-api-as-a-type',
      severity: 'error',
      from: { path: '^ui/' },
      to: { path: '^(api|activities|db|bin|workflows/(?!domain/))', ...atRuntime },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: atRuntime } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
