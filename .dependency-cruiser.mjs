import { importRules } from './tools/strata.ts';

/** The rules themselves are in tools/strata.ts, derived from the one list of strata. */
export default {
  forbidden: importRules,
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports bind as tightly as others: they count for strata and cycles.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
