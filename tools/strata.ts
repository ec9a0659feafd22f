/**
 * The strata: who may import whom. Everything about boundaries derives from this list: the import rules
 * below, the SQL rules of tools/tidy and the module map in ARCHITECTURE.md.
 */

/** Modules, the lowest stratum first. A module imports lower strata only; those of one stratum are strangers. */
export const moduleStrata: readonly (readonly string[])[] = [
  ['ledger'],
  ['merchants'],
  ['people'],
  // Persons, who are beyond merchants, and how they prove who they are; then how they come to work for one.
  ['signin'],
  ['invitations'],
  ['catalog'],
  // The terms that are sold, by version; what is issued under them stands above.
  ['programs'],
  // Accounts of stores that keep the cash they take.
  ['storefunds'],

  // What stores pay each other for what they honour, and which store takes what.
  ['settlement'],
  ['cards', 'passes', 'tiers'],
  // Makes cards by the million, through the door of cards. Customers by their phone number, whose cards they are.
  ['batches', 'members'],
  // What members collect.
  ['points'],
  // What takes something off what members buy, once.
  ['coupons'],
  // What members hold prepaid.
  ['wallets'],
  // What they buy to be members, also out of that, and what comes off for it.
  // And who may pay from another's wallet.
  ['memberships', 'families'],
  // How money comes onto wallets through others.
  // What came from another system stands beside the other ways onto a wallet.
  ['payments', 'rechargecards', 'dividends', 'imports'],
  // What a customer does with a phone.
  ['wallet'],
  // What waits for a second person: it carries the commands of those below out, and they know nothing of it.
  // And how two records of one person become one, over all that a person can have.
  ['approvals', 'merging'],
  ['promotions', 'campaigns', 'clearing', 'fulfilment'],
  ['checkout'],
  ['reports', 'webhooks', 'notices', 'shifts', 'receipts', 'settings'],
];

export const moduleNames: readonly string[] = moduleStrata.flat();

/** A rule in the form that dependency-cruiser reads. */
export type ImportRule = {
  readonly name: string;
  readonly severity: 'error';
  /** What to do instead; printed with each violation. */
  readonly comment: string;
  readonly from: Readonly<Record<string, unknown>>;
  readonly to: Readonly<Record<string, unknown>>;
};

const source = '^server/src/';
const modules = `${source}modules/`;
const tests = '[.]test[.]ts$';
/** Files of a module that are its edge: everything else in it is a rule file and does no IO. */
const edgeFiles = '/(store|routes|jobs|index)[.]ts$';
const folderOf = (names: readonly string[]): string => `${modules}(${names.join('|')})/`;
const rule = (name: string, comment: string, from: ImportRule['from'], to: ImportRule['to']): ImportRule => ({
  name,
  severity: 'error',
  comment,
  from,
  to,
});

const kernelRules: readonly ImportRule[] = [
  rule(
    'kernel-imports-only-kernel',
    'The kernel is pure words. Take what it needs as an argument, or move the code to platform/.',
    { path: `${source}kernel/`, pathNot: tests },
    {
      pathNot: [`${source}kernel/`, '^(node:)?crypto$', 'node_modules/temporal-polyfill/'],
    },
  ),
  rule(
    'kernel-takes-types-only-from-crypto',
    'Write `import type`; randomness comes into the kernel as an argument (kernel/random.ts).',
    { path: `${source}kernel/`, pathNot: tests },
    { path: '^(node:)?crypto$', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'temporal-only-in-kernel-time',
    'Calendar arithmetic lives in kernel/time.ts; call that.',
    { path: source, pathNot: `${source}kernel/time([.]test)?[.]ts$` },
    { path: 'node_modules/temporal-polyfill/' },
  ),
];

const houseRules: readonly ImportRule[] = [
  rule(
    'platform-imports-only-kernel',
    'platform/ knows no module. Let app.ts hand in what it needs as a function.',
    { path: `${source}platform/` },
    { path: source, pathNot: `${source}(kernel|platform)/` },
  ),
  rule(
    'modules-know-no-composition',
    'app.ts, main.ts and operator/ stand above the modules; what a module needs from them comes in as an argument.',
    { path: modules },
    { path: source, pathNot: `${source}(kernel|platform|modules)/` },
  ),
  rule(
    'only-app-and-operator-name-modules',
    'Only server/src/app.ts, api.ts beside it, app/ and operator/ put modules together.',
    { path: source, pathNot: [modules, `${source}(app|api)[.]ts$`, `${source}(app|operator)/`] },
    { path: modules },
  ),
  rule(
    'only-main-imports-operator',
    'The operator commands are entrances: main.ts starts them, nothing builds on them.',
    { path: source, pathNot: `${source}(operator/|main[.]ts$)` },
    { path: `${source}(operator/|main[.]ts$)` },
  ),
  rule(
    'main-imports-only-operator',
    'main.ts only picks the entrance; put the work into server/src/operator/.',
    { path: `${source}main[.]ts$` },
    { path: source, pathNot: `${source}operator/` },
  ),
  rule(
    'server-knows-no-tools',
    'The program runs without its tests, tools and bench; move the shared part into server/src.',
    { path: source, pathNot: tests },
    { path: ['^server/test/', '^tools/', '^bench/', tests] },
  ),
  rule(
    'server-runs-on-dependencies',
    'A devDependency is not installed in production: move it to dependencies, or import its types only.',
    { path: source, pathNot: tests },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  ),
];

const moduleRules: readonly ImportRule[] = [
  rule(
    'module-is-in-the-list',
    'Give the new module its stratum in tools/strata.ts.',
    { path: modules, pathNot: folderOf(moduleNames) },
    {},
  ),
  rule(
    'only-through-the-door',
    'Import the index.ts of that module, and export there what others may use.',
    { path: `${modules}([^/]+)/` },
    { path: `${modules}[^/]+/`, pathNot: [`${modules}$1/`, `${modules}[^/]+/index[.]ts$`] },
  ),
  rule(
    'composition-through-the-door',
    'app.ts, api.ts, app/ and operator/ see of a module its index.ts alone; export there what they put together.',
    { path: [`${source}(app|api)[.]ts$`, `${source}(app|operator)/`] },
    { path: `${modules}[^/]+/`, pathNot: `${modules}[^/]+/index[.]ts$` },
  ),
  rule(
    'driver-only-in-store-and-platform',
    'Only store.ts files and platform/ know the database driver; put the statement into the store.ts of its module.',
    { path: source, pathNot: [`${source}platform/`, `${modules}.*/store[.]ts$`, tests] },
    { path: 'node_modules/(@types/)?pg[a-z-]*/' },
  ),
  rule(
    'rules-do-no-io',
    'A rule file decides over what it is handed. Do the IO in store.ts, routes.ts, jobs.ts or platform/.',
    { path: modules, pathNot: [edgeFiles, tests] },
    {
      path: [
        '^(node:)?(fs|net|http|https|http2|tls|dns|dgram|child_process|worker_threads|cluster|os|process)(/|$)',
        '^(node:)?(timers|readline|repl|inspector|perf_hooks|stream|zlib|vm)(/|$)',
        'node_modules/(fastify|undici)/',
      ],
    },
  ),
  rule(
    'rules-know-no-edge',
    'routes.ts and jobs.ts import the rules, never the other way round.',
    { path: modules, pathNot: [edgeFiles, tests] },
    { path: `${modules}[^/]+/(routes|jobs)[.]ts$` },
  ),
];

/** For each module: its own stratum is closed to it, and so is every higher one. */
const strataRules: readonly ImportRule[] = moduleStrata.flatMap((stratum, height) =>
  stratum.flatMap((name) => {
    const siblings = stratum.filter((other) => other !== name);
    const higher = moduleStrata.slice(height + 1).flat();
    const from = { path: folderOf([name]) };
    return [
      ...(siblings.length === 0
        ? []
        : [
            rule(
              `siblings-are-strangers-${name}`,
              'Modules of one stratum do not see each other; where the two meet is a higher module.',
              from,
              { path: folderOf(siblings) },
            ),
          ]),
      ...(higher.length === 0
        ? []
        : [
            rule(
              `no-upward-import-${name}`,
              'News travels upward as an activity in the outbox, never as a call; or the code belongs lower.',
              from,
              { path: folderOf(higher) },
            ),
          ]),
    ];
  }),
);

const web = '^web/src/';
const entrances = ['console', 'counter', 'wallet', 'widget'];

const webRules: readonly ImportRule[] = [
  rule(
    'web-knows-no-server',
    'web/ knows the server by openapi.json alone: use web/src/api/, which is generated from it.',
    { path: '^web/' },
    { path: ['^server/', '^tools/', '^bench/', '^bin/'] },
  ),
  rule(
    'server-knows-no-web',
    'The server serves what web/ is built into and imports nothing of it.',
    { path: ['^server/', '^bench/'] },
    { path: '^web/' },
  ),
  rule(
    'web-shares-downward',
    'api/ and ui/ stand below the entrances, and api/ below ui/.',
    { path: `${web}(api|ui)/` },
    { path: web, pathNot: `${web}(api|ui)/` },
  ),
  rule('api-knows-no-ui', 'Move what both need into api/.', { path: `${web}api/` }, { path: `${web}ui/` }),
  ...entrances.map((name) =>
    rule(
      `entrances-are-strangers-${name}`,
      'The entrances do not import each other; what two need stands in web/src/ui/ or api/.',
      { path: `${web}${name}/` },
      { path: `${web}(${entrances.filter((other) => other !== name).join('|')})/` },
    ),
  ),
  rule(
    'the-widget-is-alone',
    'It runs in pages of other shops: plain DOM, and of ours only what has no framework in it.',
    { path: `${web}widget/` },
    { path: ['node_modules/', `${web}ui/words[.]ts$`, `${web}ui/.*[.]tsx$`] },
  ),
  rule(
    'only-the-console-has-antd',
    'Counter and wallet are for cheap phones: use the kit in web/src/ui/.',
    { path: web, pathNot: `${web}console/` },
    { path: 'node_modules/(antd|@ant-design|@rc-component|echarts|hucre)/' },
  ),
];

const graphRules: readonly ImportRule[] = [
  rule(
    'no-cycle',
    'Two files that need each other are one file, or a third is missing.',
    {},
    { circular: true },
  ),
  rule(
    'no-orphan',
    'Nothing imports this file and it imports nothing: use it or delete it.',
    // Plain JavaScript below server/src is served to browsers as it stands.
    { orphan: true, pathNot: ['[.]d[.]ts$', `${source}.*[.]js$`] },
    {},
  ),
  rule(
    'imports-resolve',
    'There is no such file or package; imports carry their .ts.',
    {},
    // With a query it is the bundler that resolves it, and fails where there is none.
    { couldNotResolve: true, pathNot: '[?]url$' },
  ),
];

/** All import rules, for `.dependency-cruiser.mjs`. */
export const importRules: readonly ImportRule[] = [
  ...kernelRules,
  ...houseRules,
  ...moduleRules,
  ...strataRules,
  ...webRules,
  ...graphRules,
];
