import { describe, expect, test } from 'vitest';
import { sealOf } from './tidy/migrations.ts';
import { treeOf } from './tidy/tree.ts';
import { rules, violationsIn } from './tidy.ts';

const card = 'server/src/modules/cards/card.ts';
const store = 'server/src/modules/cards/store.ts';
const kernel = 'server/src/kernel/id.ts';
const platform = 'server/src/platform/jobs/queue.ts';
const migration = 'server/migrations/0001_cards.sql';
const spec = 'server/src/modules/cards/card.test.ts';
const list = 'server/src/kernel/refusals.ts';
const listing = `export const refusals = {\n  card_frozen: { status: 409, title: 'It is.' },\n  card_void: { status: 409, title: 'No.' },\n} as const satisfies object;\n`;
const schema = 'server/schema.sql';
const guarded = `create table cards.card (\n  merchant_id uuid not null\n);
alter table cards.card enable row level security;
alter table cards.card force row level security;
create policy one_merchant on cards.card as permissive;
`;
const beyond = `create table signin.person (\n  id uuid not null\n);
alter table signin.person enable row level security;
alter table signin.person force row level security;
create policy all_merchants on signin.person as permissive;
`;
const page = 'web/src/console/Page.tsx';
const pageWords = 'web/src/console/words.ts';
const pairs = (text: string): string => `export const pageWords = defineWords({\n${text}\n});\n`;
const sql = (text: string): string => `export const one = statement('cards.one', \`${text}\`);\n`;

/** Each rule with texts that break it, and the line at which it says so (1 where nothing else is written). */
const breaches: readonly (readonly [rule: string, path: string, text: string, line?: number])[] = [
  ['file-size', card, 'export const a = 1;\n'.repeat(301), 301],
  ['file-size', migration, '--\n'.repeat(301), 301],
  ['no-machine-path', card, `\nconst at = '/work/main/data';\n`, 2],
  ['no-machine-path', 'docs/recipes/01-issue.sh', 'cd /home/someone\n'],
  ['no-machine-path', 'bench/run.ts', `const at = "/tmp";\n`],
  ['no-machine-path', 'docs/x.md', 'in `/root/.npm`\n'],
  ['no-unfinished-work', card, '// TODO later\n'],
  ['no-unfinished-work', 'bin/start.mjs', '/* FIXME */\n'],
  ['no-unfinished-work', card, `throw new Error('not implemented');\n`],
  ['no-skipped-test', spec, `test.skip('it holds', () => {});\n`],
  ['no-skipped-test', spec, `\ndescribe.concurrent.only('it holds', () => {});\n`, 2],
  ['no-mocks', spec, `vi.mock('./card.ts');\n`],
  ['no-sleep-in-tests', spec, 'await sleep(100);\n'],
  ['no-clock-no-chance-in-rules', card, 'const now = new Date();\n'],
  ['no-clock-no-chance-in-rules', card, 'const now = Date.now();\n'],
  ['no-clock-no-chance-in-rules', kernel, '\n\nconst dice = Math.random();\n', 3],
  ['no-clock-no-chance-in-rules', kernel, 'const bytes = randomBytes(16);\n'],
  ['no-clock-no-chance-in-rules', card, 'const id = crypto.randomUUID();\n'],
  ['no-clock-no-chance-in-rules', card, 'const zone = process.env.TZ;\n'],
  ['no-number-parsing', card, 'const n = Number(balance);\n'],
  ['no-number-parsing', card, 'const n = parseInt(text, 10);\n'],
  ['no-number-parsing', store, 'const n = Number.parseFloat(text);\n'],
  ['no-number-parsing', card, 'const n = rate.toFixed(2);\n'],
  ['no-json-parse', card, 'const body = JSON.parse(text);\n'],
  ['conflicts-are-raised-in-sql', store, "if (written !== 1) throw new Conflict('meanwhile');\n"],
  ['no-json-parse', 'server/src/app.ts', 'const body = JSON.parse(text);\n'],
  ['no-cast-past-the-edge', card, '\nconst one = two as Card;\n', 2],
  ['no-transaction-outside-executor', 'server/src/modules/cards/routes.ts', 'await db.transaction(work);\n'],
  ['no-begin-outside-executor', platform, `await client.query('begin');\n`],
  ['no-begin-outside-executor', store, `statement('x', 'commit');\n`],
  ['no-begin-outside-executor', store, `statement('x', 'BEGIN ISOLATION LEVEL serializable');\n`],
  ['sql-only-in-store', card, sql('select id from cards.card where merchant_id = $1')],
  ['sql-only-in-store', 'server/src/operator/verify.ts', sql('delete from cards.card')],
  ['sql-names-its-own-schema', store, sql('select id from ledger.account where merchant_id = $1')],
  [
    'sql-names-its-own-schema',
    store,
    sql('\nupdate cards.card set a = 1\nfrom ledger.account where merchant_id = $1'),
    3,
  ],
  ['sql-names-its-own-schema', store, sql('select x from ledger.balance_of($1) where merchant_id = $1')],
  ['sql-names-its-own-schema', store, `const from = 'join people.staff on true';\n`],
  ['sql-names-its-own-schema', platform, sql('insert into ledger.journal (merchant_id) values ($1)')],
  ['sql-names-its-own-schema', platform, sql('select id from cards.card_view where merchant_id = $1')],
  ['sql-names-the-merchant', store, sql('select id from cards.card where id = $1')],
  ['sql-names-the-merchant', store, sql('select merchant_id from cards.card where id = $1')],
  ['sql-names-the-merchant', store, sql('insert into cards.card (id) values ($1)')],
  ['sql-names-the-merchant', store, sql('update cards.card set state = $1 where id = $2')],
  ['sql-names-the-merchant', store, sql('delete from cards.card where id = $1')],
  ['sql-names-the-merchant', store, sql('with old as (select id from cards.card) select id from old')],
  ['sql-names-the-merchant', store, sql('-- all merchants:\nselect id from cards.card')],
  ['sql-names-its-columns', store, sql('select * from cards.card where merchant_id = $1')],
  ['sql-names-its-columns', store, sql('select c.* from cards.card c where merchant_id = $1')],
  ['sql-names-its-columns', store, sql('insert into cards.card (merchant_id) values ($1)\nreturning *'), 2],
  ['sql-names-its-columns', store, sql('select $1, c.* from cards.card as c where merchant_id = $1')],
  ['sql-names-its-columns', migration, '\ncreate view cards.card_view as select * from cards.card;\n', 2],
  ['no-triggers', migration, '\nCREATE CONSTRAINT TRIGGER t after insert on cards.card;\n', 2],
  ['no-triggers', migration, 'create or replace trigger t before update on cards.card;\n'],
  ['no-float-columns', migration, 'create table cards.card (\n  rate real not null\n);\n', 2],
  ['no-float-columns', migration, 'create table cards.card (\n  id uuid,\n  rate double precision\n);\n', 3],
  ['no-float-columns', migration, 'alter table cards.card add balance money;\n'],
  ['no-float-columns', migration, 'alter table cards.card add balance float8 default 0;\n'],
  ['no-float-columns', migration, 'create table cards.card (rates real[]);\n'],
  [
    'keys-start-with-merchant',
    migration,
    'create table cards.card (\n  merchant_id uuid,\n  id uuid primary key\n);\n',
    3,
  ],
  [
    'keys-start-with-merchant',
    migration,
    'create table cards.card (merchant_id uuid, id uuid, primary key (id, merchant_id));\n',
  ],
  [
    'keys-start-with-merchant',
    migration,
    'create table cards.card (merchant_id uuid, serial bigint unique);\n',
  ],
  [
    'keys-start-with-merchant',
    migration,
    'create table cards.card (merchant_id uuid, a uuid references cards.batch);\n',
  ],
  [
    'keys-start-with-merchant',
    migration,
    'create table cards.card (merchant_id uuid, a uuid,\n  foreign key (merchant_id, a) references cards.batch (id, merchant_id));\n',
    2,
  ],
  [
    'keys-start-with-merchant',
    migration,
    'create table cards.card (merchant_id uuid);\ncreate unique index card_serial on cards.card (serial);\n',
    2,
  ],
  [
    'keys-start-with-merchant',
    migration,
    'create table cards.card (merchant_id uuid);\nalter table cards.card add constraint c unique (serial);\n',
    2,
  ],
  ['tables-are-guarded', schema, '\ncreate table cards.card (\n  merchant_id uuid not null\n);\n', 2],
  ['tables-are-guarded', schema, guarded.replace('create policy', '-- create policy')],
  ['tables-are-guarded', schema, guarded.replace('force row', 'no force row')],
  ['tables-are-guarded', schema, 'create table cards.card (\n  id uuid not null\n);\n'],
  [
    'tables-are-guarded',
    schema,
    'create table cards.card (\n  id uuid not null\n);\ncreate policy all_merchants on cards.card as permissive;\n',
  ],
  ['public-functions-are-explained', kernel, '\nexport function newId(): void {}\n', 2],
  ['migrations-are-numbered', 'server/migrations/0002_cards.sql', 'select 1;\n'],
  ['sealed-migrations-stay', 'server/migrations/sealed.txt', `${sealOf('old')}  0001_gone.sql\n`],
  ['refusals-are-documented', list, listing, 2],
  ['refusals-are-made', list, listing, 3],
  ['refusals-are-tested', list, listing, 3],
  ['documented-refusals-exist', 'docs/errors.md', '# Errors\n\n## card_melted\n', 3],
  ['one-heading-a-refusal', 'docs/errors.md', '## card_frozen\n\n## card_frozen\n', 3],
  ['adr-names-its-check', 'docs/adr/0001-pins.md', '# Pins\n\nWe hash them.\n', 3],
  ['adr-names-its-check', 'docs/adr/0001-pins.md', '# Pins\n\nEnforced by: a test.\n\nAnd more.\n', 5],
  ['messages-are-used', pageWords, pairs(`  title: ['卡', 'Cards'],`), 2],
  ['messages-in-both-languages', pageWords, pairs(`  title: ['卡', ''],`), 2],
  ['messages-in-both-languages', pageWords, pairs(`  title: ['Cards', 'All cards'],`), 2],
  ['messages-in-both-languages', pageWords, pairs(`  title: ['卡', (n: number) => \`${'$'}{n} 张\`],`), 2],
  ['text-only-in-words', page, `export const Page = () => <h1>Cards</h1>;\n`],
  ['text-only-in-words', page, `\nexport const label = '卡';\n`, 2],
  ['no-floats-for-money', page, 'const amount = parseFloat(text);\n'],
  ['no-floats-for-money', page, 'const yuan = amount / 100;\n'],
];

/** A small tree that keeps every rule, with the near misses of each. */
const clean: Record<string, string> = {
  [card]: `
    // new Date() in a comment, Number( too, and 'select * from x'
    import { type A as B } from './a.ts';
    export const kinds = ['gift'] as const;
    const said = 'Date.now() and JSON.parse are words here';
    const start = new Date(0);
    const quantity = someNumber(1);
    export const frozen = () => refused('card_frozen');
    const hint = 'select a card from the list';
    const url = 'https://example.com/work/1';
    const odd = /[/]tmp/;`,
  [store]: [
    sql('select id, merchant_id from cards.card where merchant_id = $1'),
    sql('select c.id from cards.card c join ledger.account_view a using (merchant_id, id) where c.id = $1'),
    sql('-- all merchants: the expiry job walks every merchant\nselect id from cards.card'),
    sql('select * from (select id from cards.card where merchant_id = $1) c order by id'),
    sql(`select count(*) from cards.card where \${ofThisMerchant}`),
    sql('insert into cards.card (merchant_id, id) values ($1, $2) returning id'),
    sql('insert into cards.card (merchant_id, id) select $1, v.* from unnest($2::uuid[]) as v'),
    sql(
      `select extract(year from c.at) from cards.card c where merchant_id = $1 and a <> 'from ledger.account'`,
    ),
  ].join(''),
  'server/src/platform/executor/executor.ts': `client.query('begin');\nJSON.parse(text);\n`,
  [platform]: sql('select name from platform.job'),
  [spec]: `expect(answer).toEqual('card_frozen');\ntest('a card of 1000 pays ten of fifty', () => { expect(Number('1')).toBe(new Date() as unknown); });\n`,
  [list]: `export const refusals = { card_frozen: { status: 409, title: 'Frozen.' } } as const satisfies object;\n`,
  'server/src/kernel/money.ts': 'export const n = Number(1n);\n',
  [migration]: `
    -- real money is not a float; select * neither
    create table cards.rate (id uuid primary key, really text, percent numeric(5, 2));
    create table cards.card (
      merchant_id uuid not null references merchants.merchant,
      id uuid not null, -- the primary key is below
      batch_id uuid not null,
      digest bytea not null unique, -- all merchants: a key is looked up before its merchant is known
      state text not null default 'active' check (state in ('active', 'real')),
      primary key (merchant_id, id),
      constraint in_batch foreign key (merchant_id, batch_id) references cards.batch (merchant_id, id)
    );
    create unique index card_serial on cards.card using btree (merchant_id, state) where state = 'real';
    create index card_state on cards.card (state);
    comment on column cards.card.state is 'create trigger, real money';
    create function cards.f() returns void language sql as $body$ select 1 -- unique (id) $body$;
  `,
  [schema]: `${guarded}create table platform.migration (\n  name text\n);\n${beyond}`,
  'server/src/modules/cards/freeze.ts':
    '/** Freezes it. */\nexport async function freeze(): Promise<void> {}\n',
  [pageWords]: pairs(
    `  title: ['卡', 'Cards'],\n  count: [(n: number) => \`${'$'}{n} 张\`, (n: number) => \`${'$'}{n} cards\`],`,
  ),
  [page]:
    'const words = useWords(pageWords);\nexport const Page = () => <h1 title="a">{words.title} 100 · {words.count(2)}</h1>;\n',
  'web/src/ui/money.ts': 'export const drawn = Number(text);\n',
  'docs/errors.md': '# Errors\n\n## card_frozen\n\nThe card is frozen.\n',
  'docs/adr/0001-pins.md': '# Pins\n\nEnforced by: the test of pins,\nwhich says so.\n',
};

const treeFrom = (files: Record<string, string>, sealed?: string) =>
  treeOf(new Map(Object.entries(files)), sealed);

describe('tidy', () => {
  const cases = breaches.map(([rule, path, text, line = 1]) => ({ rule, path, text, line }));
  test.each(cases)('$rule is caught in $path: $text', ({ rule, path, text, line }) => {
    expect(violationsIn(treeFrom({ [path]: text }))).toContainEqual(
      expect.stringMatching(`^${path.replaceAll('.', '\\.')}:${line}: ${rule}: `),
    );
  });

  test('says nothing about a tree that keeps the rules', () => {
    expect(violationsIn(treeFrom(clean))).toEqual([]);
  });

  test('asks an explanation of a function once the door of its module names it', () => {
    const files = { [card]: 'export function mayRedeem(): void {}\n' };
    const door = { 'server/src/modules/cards/index.ts': `export { mayRedeem } from './card.ts';\n` };
    expect(violationsIn(treeFrom(files))).toEqual([]);
    expect(violationsIn(treeFrom({ ...files, ...door }))).toHaveLength(1);
  });

  test('has a planted violation for each of its rules', () => {
    const planted = new Set([...breaches.map(([rule]) => rule), 'one-number-an-adr']);
    expect(rules.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });

  test('catches two decisions of one number, at the later', () => {
    const again = { 'docs/adr/0001-rounding.md': '# Rounding\n\nEnforced by: a test.\n' };
    expect(violationsIn(treeFrom({ ...clean, ...again }))).toEqual([
      expect.stringMatching(/^docs\/adr\/0001-rounding\.md:1: one-number-an-adr: 0001/),
    ]);
  });

  test('names what to write instead in every message', () => {
    for (const line of violationsIn(
      treeFrom(Object.fromEntries(breaches.map(([, path, text]) => [path, text]))),
    )) {
      expect(line).toMatch(/^[^:]+:\d+: [a-z-]+: .*Instead: \S/);
    }
  });

  test('keeps a sealed migration as it was, and the list as long as it was', () => {
    const text = 'create schema cards;\n';
    const list = `${sealOf(text)}  0001_cards.sql\n`;
    const files = { [migration]: text, 'server/migrations/sealed.txt': list };
    expect(violationsIn(treeFrom(files, list))).toEqual([]);
    expect(violationsIn(treeFrom({ ...files, [migration]: 'create schema card;\n' }, list))).toHaveLength(1);
    expect(violationsIn(treeFrom({ [migration]: text }, list))).toHaveLength(1);
    expect(violationsIn(treeFrom({ ...files, 'server/migrations/sealed.txt': '' }, list))).toHaveLength(1);
  });
});
