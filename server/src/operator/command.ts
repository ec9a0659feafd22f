import { parseArgs } from 'node:util';
import { readSettings, type Settings } from '../platform/config/settings.ts';
import { backup, restore } from './backup.ts';
import { bench } from './bench.ts';
import { openDatabase } from './database.ts';
import { merchantCreate } from './merchantCreate.ts';
import { makeOwnerLink } from './ownerLink.ts';
import { replay, replayMore } from './replay/replay.ts';
import { serve, work } from './serve.ts';
import { say, sayJson } from './terminal.ts';
import { exitCodes, Usage } from './usage.ts';
import { unfreezeLedger, verify } from './verify.ts';

type Options = Readonly<Record<string, string | boolean | undefined>>;

type Verb = {
  readonly usage: string;
  readonly about: string;
  /** What --help says besides. */
  readonly more?: string;
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly about: string }>>;
  readonly run: (settings: Settings, options: Options, words: readonly string[]) => Promise<number>;
};

const json = { type: 'boolean', about: 'one line of JSON for machines' } as const;

const verbs: Readonly<Record<string, Verb>> = {
  serve: {
    usage: 'serve [--demo] [--accept-restore]',
    about: 'run the service: the API and the jobs beside it',
    options: {
      demo: { type: 'boolean', about: 'make a sample merchant and print its key' },
      'accept-restore': {
        type: 'boolean',
        about: 'once after a restore: what came after the backup is known to be lost',
      },
    },
    run: (settings, options) =>
      serve(settings, { demo: options.demo === true, acceptRestore: options['accept-restore'] === true }),
  },
  work: {
    usage: 'work',
    about: 'run only the jobs, beside a process that serves',
    options: {},
    run: (settings) => work(settings),
  },
  migrate: {
    usage: 'migrate [--json]',
    about: 'bring the database to the newest schema',
    options: { json },
    run: runMigrate,
  },
  backup: {
    usage: 'backup FILE',
    about: 'copy the database into a new file while the service goes on; the key file is not in it',
    options: {},
    run: (settings, _options, words) => backup(settings, words),
  },
  restore: {
    usage: 'restore FILE',
    about: 'make a new data folder (SCRIP_DATA_DIR) from a backup',
    options: {},
    run: (settings, _options, words) => restore(settings, words),
  },
  verify: {
    usage: 'verify [--merchant mer_…] [--json]',
    about:
      'derive all balances anew from the log; a ledger that does not hold is frozen, and the exit code is 3',
    options: { merchant: { type: 'string', about: 'only this merchant' }, json },
    run: (settings, { merchant, json: asJson }) =>
      verify(settings, { merchant: textOf(merchant), json: asJson === true }),
  },
  'unfreeze-ledger': {
    usage: 'unfreeze-ledger --merchant mer_… --reason TEXT',
    about: 'let a frozen ledger move again, once its books hold',
    options: {
      merchant: { type: 'string', about: 'whose ledger' },
      reason: { type: 'string', about: 'what was found and done; it stays in the log' },
    },
    run: (settings, { merchant, reason }) =>
      unfreezeLedger(settings, { merchant: textOf(merchant), reason: textOf(reason) }),
  },
  'merchant create': {
    usage: 'merchant create --name N --currency CNY --timezone Asia/Shanghai [--json]',
    about: 'make a merchant and its first API key, shown this once',
    options: {
      name: { type: 'string', about: "the merchant's name" },
      currency: { type: 'string', about: 'ISO 4217 code, such as CNY' },
      timezone: { type: 'string', about: 'IANA zone, such as Asia/Shanghai: where its days end' },
      json,
    },
    run: (settings, { json: asJson, ...given }) => merchantCreate(settings, given, asJson === true),
  },
  'owner-link': {
    usage: 'owner-link --merchant mer_… [--json]',
    about:
      'make a one-time link by which somebody becomes an owner of a merchant that has none, or has lost them',
    options: { merchant: { type: 'string', about: 'of which merchant' }, json },
    run: (settings, { merchant, json: asJson }) => makeOwnerLink(settings, textOf(merchant), asJson === true),
  },
  bench: {
    usage: 'bench [--json] [--quick] [--only redemptions|codes|history|memory]',
    about: 'measure this machine: redemptions beside the double entry one by one, and more (npm run bench)',
    options: {
      json,
      quick: { type: 'boolean', about: 'smaller and shorter: for a look, not for a claim' },
      only: { type: 'string', about: 'one part' },
    },
    run: (_settings, options) => bench(options),
  },
  replay: {
    usage: 'replay DIR [--url URL] [--key KEY] [--limit N] [--concurrency N] [--state DIR] [--json]',
    about: "pay a real chain's baskets by gift card, through the API of the running service",
    more: replayMore,
    options: {
      url: { type: 'string', about: 'where the service is; http://localhost:$PORT if left out' },
      key: {
        type: 'string',
        about:
          "the merchant's API key, or SCRIP_KEY in the environment, which nobody sees in a list of processes; left out, a\n      merchant of its own is made in the database of these settings",
      },
      limit: {
        type: 'string',
        about: 'only the first so many baskets; a later run with more goes on from there',
      },
      concurrency: { type: 'string', about: 'requests under way at once; 16 if left out' },
      state: { type: 'string', about: 'the state folder; replay in the data folder if left out' },
      json,
    },
    run: (settings, options, [folder]) =>
      replay(settings, folder, { ...textsOf(options), json: options.json === true }),
  },
};

/** Runs one command; answers with the exit code of the process. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const name = Object.keys(verbs).find((words) => words.split(' ').every((word, n) => args[n] === word));
    const verb = name === undefined ? undefined : verbs[name];
    if (name === undefined || !verb) return help(args);
    const rest = args.slice(name.split(' ').length);
    if (rest.includes('--help')) return helpOn(verb);
    const { values, positionals } = parseOptions(verb, rest);
    return await verb.run(settingsOf(env), values, positionals);
  } catch (error) {
    process.stderr.write(`scrip: ${reasonOf(error)}\n`);
    return error instanceof Usage ? 2 : 1;
  }
}

function parseOptions(verb: Verb, args: readonly string[]): { values: Options; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(verb.options).map(([name, { type }]) => [name, { type }]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Usage(`${reasonOf(error)}\nUsage: scrip ${verb.usage}`);
  }
}

function settingsOf(env: NodeJS.ProcessEnv): Settings {
  try {
    return readSettings(env);
  } catch (error) {
    throw new Usage(reasonOf(error));
  }
}

function help(args: readonly string[]): number {
  const asked = args.length === 0 || ['--help', '-h', 'help'].includes(args[0] ?? '');
  if (!asked) throw new Usage(`there is no command "${args.join(' ')}"; scrip --help lists them`);
  say("scrip: the operator's command line\n");
  for (const { usage, about } of Object.values(verbs)) say(`  scrip ${usage}\n      ${about}`);
  say(`\nSettings, by environment
  PORT             8080
  HOST             127.0.0.1
  SCRIP_DATA_DIR   ./data
  SCRIP_KEY_FILE   keys.json in the data folder: the secrets that are not in the database
  DATABASE_URL     a PostgreSQL of your own (15 or newer); left out, Scrip runs its own in the data folder
  SCRIP_TRUSTED_PROXIES
                   proxies in front of it that say whom a request came from, such as 10.0.0.0/8\n`);
  say(exitCodes);
  return 0;
}

function helpOn({ usage, about, more, options }: Verb): number {
  say(`scrip ${usage}\n\n${about}\n${more === undefined ? '' : `\n${more}\n`}`);
  for (const [name, { type, about }] of Object.entries(options)) {
    say(`  --${name}${type === 'string' ? ' TEXT' : ''}\n      ${about}`);
  }
  say(`\n${exitCodes}`);
  return 0;
}

/** The options that are texts. */
function textsOf(options: Options): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What went wrong and why, without a stack: this is for an operator. */
function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  for (let at: unknown = error; at instanceof Error && reasons.length < 6; at = at.cause)
    reasons.push(at.message);
  return reasons.length > 0 ? reasons.join(': ') : String(error);
}

async function runMigrate(settings: Settings, options: Options): Promise<number> {
  const database = await openDatabase(settings);
  await database.stop();
  const { applied, total } = database.migrated;
  if (options.json === true) sayJson({ applied, total });
  else
    say(
      applied.length === 0
        ? `The schema is up to date (${total} migrations).`
        : `Applied ${applied.join(', ')}.`,
    );
  return 0;
}
