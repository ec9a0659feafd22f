import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { type ChannelSettings, readChannels } from './channels.ts';

/** What the environment tells; every part has a default. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  /** A PostgreSQL of the operator's; undefined means our own in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Where the secrets' keys are; absolute. */
  readonly keyFile: string;
  /** How people can be told something. */
  readonly channels: ChannelSettings;
  /** Proxies in front of us whose word counts about whom a request came from and how: addresses or networks, by commas. */
  readonly trustedProxies: string | undefined;
  /** Where the heads of the logs are kept, outside the database; absolute. */
  readonly headsFile: string;
};

/** The name of the key file in the data folder, when no other place is set. */
const KEY_FILE_NAME = 'keys.json';
const HEADS_FILE_NAME = 'heads.log';

/** Reads and checks the settings. Throws an error whose message names the variable at fault and what it may be. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const dataDir = resolve(given(env, 'SCRIP_DATA_DIR') ?? './data');
  return {
    port: readPort(given(env, 'PORT') ?? '8080'),
    host: readHost(given(env, 'HOST') ?? '127.0.0.1'),
    dataDir,
    databaseUrl: readDatabaseUrl(given(env, 'DATABASE_URL')),
    keyFile: resolve(given(env, 'SCRIP_KEY_FILE') ?? join(dataDir, KEY_FILE_NAME)),
    channels: readChannels((name) => given(env, name)),
    trustedProxies: readProxies(given(env, 'SCRIP_TRUSTED_PROXIES')),
    headsFile: join(dataDir, HEADS_FILE_NAME),
  };
}

// An empty variable is how a shell or a compose file says "not set".
function given(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`PORT must be a whole number from 0 to 65535, not "${text}"`);
  return port;
}

function readHost(text: string): string {
  if (!/^[\w.:-]+$/.test(text)) throw new Error(`HOST must be an address or a host name, not "${text}"`);
  return text;
}

function readProxies(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const isNetwork = (part: string) => {
    const [address = '', bits = '0', ...more] = part.split('/');
    const bitsMax = { 4: 32, 6: 128 }[isIP(address)] ?? -1;
    return /^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax && more.length === 0;
  };
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every(isNetwork))
    throw new Error(
      `SCRIP_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, by commas, not "${text}"`,
    );
  return parts.join(',');
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  // The value is never repeated in the message: it holds a password.
  if (!/^postgres(ql)?:\/\//.test(text)) {
    throw new Error('DATABASE_URL must start with postgres:// or postgresql://');
  }
  const database = /^postgres(?:ql)?:\/\/[^/?#]*\/([^/?#]+)/.exec(text)?.[1];
  if (database === undefined)
    throw new Error('DATABASE_URL must name a database: postgres://user@host/database');
  return text;
}
