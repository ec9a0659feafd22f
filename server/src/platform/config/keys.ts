import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Keys of one purpose by version. The current one makes what is new; the others still recognise what is old. */
export type KeyRing = { readonly current: number; readonly keys: ReadonlyMap<number, Buffer> };

/** The secrets that are kept outside the database. */
export type Keys = {
  /** Of the superuser of our own PostgreSQL. */
  readonly databasePassword: string;
  /** Of the role that the application connects as. */
  readonly appPassword: string;
  /** For looking up card codes. */
  readonly code: KeyRing;
  /** For PINs. */
  readonly pin: KeyRing;
  /** For what is encrypted at rest. */
  readonly seal: KeyRing;
  /** For the hash chain of activities. */
  readonly chain: KeyRing;
  /** For what is encrypted of a person: name, phone number, e-mail address, words. */
  readonly personal: KeyRing;
  /** For looking people up by phone number, and for one-time codes. */
  readonly lookup: KeyRing;
  /** For the codes that a phone shows to pay. */
  readonly payment: KeyRing;
};

/** Rings that came after the first release: a key file without them is given them at start. */
const laterRings = ['personal', 'lookup', 'payment'] as const;

/** Bytes of a key. */
const KEY_BYTES = 32;
/** So many different bytes the worst of a billion random keys still has; a typed or repeated one has fewer. */
const DISTINCT_BYTES_MIN = 16;

const Password = z.string().regex(/^[\w-]{32,}$/, 'must be at least 32 letters, digits, _ or -');
const Key = z
  .string()
  .regex(/^[0-9a-f]{64}$/, `must be ${KEY_BYTES} bytes in lower-case hexadecimal`)
  .transform((text) => Buffer.from(text, 'hex'))
  .refine((key) => new Set(key).size >= DISTINCT_BYTES_MIN, 'is not random enough');
const Ring = z
  .strictObject({ current: z.int().positive(), keys: z.record(z.string().regex(/^[1-9]\d{0,8}$/), Key) })
  .transform(({ current, keys }) => ({
    current,
    keys: new Map(Object.entries(keys).map(([version, key]) => [Number(version), key])),
  }))
  .refine(({ current, keys }) => keys.has(current), 'has no key of its current version');
const KeyFile = z.strictObject({
  version: z.literal(1),
  databasePassword: Password,
  appPassword: Password,
  code: Ring,
  pin: Ring,
  seal: Ring,
  chain: Ring,
  personal: Ring,
  lookup: Ring,
  payment: Ring,
});
const EarlierFile = KeyFile.partial({ personal: true, lookup: true, payment: true });

/**
 * The keys in the file at `path`, which is made with fresh ones when it is not there.
 * Throws when others than its owner may read it, or when a key in it is missing, short or not random.
 */
export function loadKeys(path: string): Keys {
  return readKeys(path) ?? makeKeys(path);
}

/** All keys of a ring: the current one, then those that what is old may be under. */
export function keysOf({ current, keys }: KeyRing): readonly KeyObject[] {
  const versions = [...keys].toSorted(([a], [b]) => Number(b === current) - Number(a === current));
  return versions.map(([, key]) => createSecretKey(key));
}

function readKeys(path: string): Keys | undefined {
  const text = readPrivately(path);
  if (text === undefined) return undefined;
  const parsed = KeyFile.safeParse(withLaterRings(path, jsonOf(text, path)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    // The path of the fault and what it must be, never the value: it is a secret.
    throw new Error(`the key file ${path} is not usable: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const { version: _, ...keys } = parsed.data;
  return keys;
}

function makeKeys(path: string): Keys {
  const ring = () => ({ current: 1, keys: { '1': randomBytes(KEY_BYTES).toString('hex') } });
  const password = () => randomBytes(KEY_BYTES).toString('base64url');
  const content = {
    version: 1,
    databasePassword: password(),
    appPassword: password(),
    code: ring(),
    pin: ring(),
    seal: ring(),
    chain: ring(),
    personal: ring(),
    lookup: ring(),
    payment: ring(),
  };
  mkdirSync(dirname(path), { recursive: true });
  writeOnce(path, textOf(content));
  // Read back, since another process may have been first.
  const keys = readKeys(path);
  if (keys === undefined) throw new Error(`the key file ${path} vanished while it was made`);
  return keys;
}

/** The content of a key file with the rings that it lacks, which are written into it. */
function withLaterRings(path: string, content: unknown): unknown {
  const earlier = EarlierFile.safeParse(content);
  // What is wrong with it otherwise is said where it is parsed as a whole.
  if (!earlier.success) return content;
  const missing = laterRings.filter((name) => earlier.data[name] === undefined);
  if (missing.length === 0) return content;
  const seed = earlier.data.seal.keys.get(earlier.data.seal.current) ?? Buffer.alloc(0);
  // Derived, so that processes which start at once write the same; from then on they stand in the file by themselves.
  const derived = missing.map((name) => {
    const key = Buffer.from(hkdfSync('sha256', seed, '', `scrip key file|${name}`, KEY_BYTES));
    return [name, { current: 1, keys: { '1': key.toString('hex') } }];
  });
  const whole: object = Object.assign({}, content, Object.fromEntries(derived));
  try {
    replaceWhole(path, textOf(whole));
  } catch (cause) {
    const wanted = missing.join(', ');
    throw new Error(`the key file ${path} has no keys for ${wanted}, and they cannot be written into it`, {
      cause,
    });
  }
  return whole;
}

const textOf = (content: object) => `${JSON.stringify(content, null, 2)}\n`;

// A rename replaces at once: whoever reads meanwhile sees the old file or the new one, whole.
function replaceWhole(path: string, text: string): void {
  const draft = writeDraft(path, text);
  try {
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(path);
}

// Written whole under another name and then linked, because a link never replaces: of two processes one wins, both see its keys.
function writeOnce(path: string, text: string): void {
  const draft = writeDraft(path, text);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(path);
}

function writeDraft(path: string, text: string): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return draft;
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function readPrivately(path: string): string | undefined {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`the key file ${path} cannot be read`, { cause: error });
  }
  try {
    const { mode } = fstatSync(handle);
    if ((mode & 0o077) !== 0) {
      const shown = (mode & 0o777).toString(8).padStart(4, '0');
      throw new Error(
        `the key file ${path} has mode ${shown}, so others than its owner may read it; chmod 600 it, and think whether anyone did`,
      );
    }
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No cause: the parser's message quotes the text, which is secret.
    throw new Error(`the key file ${path} is not JSON`);
  }
}
