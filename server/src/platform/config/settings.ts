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
  /** Addresses and networks of proxies in front of the service, whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
};

/** The name of the key file in the data folder, when no other place is set. */
const KEY_FILE_NAME = 'keys.json';

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
    trustedProxies: readProxies(given(env, 'SCRIP_TRUSTED_PROXIES') ?? ''),
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

function readProxies(text: string): readonly string[] {
  const proxies = text.split(',').flatMap((part) => part.trim() || []);
  const wrong = proxies.find((one) => !/^[\da-f.:]+(\/\d{1,3})?$/i.test(one));
  if (wrong === undefined) return proxies;
  throw new Error(`SCRIP_TRUSTED_PROXIES must be addresses or networks joined by commas, not "${wrong}"`);
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
