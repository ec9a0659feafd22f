import { createHash } from 'node:crypto';
import { z } from 'zod';
import { newId } from '../../../kernel/id.ts';
import type { Random } from '../../../kernel/random.ts';
import type { Pool } from '../../../platform/db/connection.ts';
import { read, writeAside } from '../../../platform/db/read.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { SheetRow } from '../../../platform/files/sheet.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import type { Sent } from '../../../platform/http/route.ts';
import type { Vault } from '../../members/index.ts';
import { putPart, putProgress, readBlock, readPart } from './store.ts';

/** What it takes to keep files. */
export type FileParts = {
  readonly readers: Pool;
  readonly writers: Pool;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: () => Date;
};

/** A file that was put aside whole: nothing is made of it yet. */
export type PutAside = { readonly id: string; readonly sha256: string; readonly bytes: bigint };

const partBytes = 512 * 1024;

/** Keeps a file piece by piece as it arrives, sealed, under a new id: it is never in memory as a whole. */
export async function putAside(parts: FileParts, sent: Sent): Promise<PutAside> {
  const { writers, vault, random, clock } = parts;
  const { merchantId } = sent;
  const id = newId(clock(), random);
  const digest = createHash('sha256');
  let bytes = 0;
  let n = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;

  async function keep(): Promise<void> {
    const place = partPlace(merchantId, id, n);
    const part = {
      importId: id,
      n,
      sealed: vault.sealBytes(Buffer.concat(pending), place, random),
      at: clock(),
    };
    await writeAside(writers, merchantId, (db) => putPart(db, merchantId, part));
    n++;
    pending = [];
    pendingBytes = 0;
  }

  for await (const piece of sent.bytes) {
    digest.update(piece);
    bytes += piece.length;
    pending.push(piece);
    pendingBytes += piece.length;
    if (pendingBytes >= partBytes) await keep();
  }
  if (pendingBytes > 0) await keep();
  await writeAside(writers, merchantId, (db) => putProgress(db, merchantId, id));
  return { id, sha256: digest.digest('hex'), bytes: BigInt(bytes) };
}

const partPlace = (merchantId: string, id: string, n: number) => ({
  merchantId,
  id,
  field: `import part ${n}`,
});

/** The bytes of a file, one piece in memory at a time. */
export async function* fileOf(
  { readers, vault }: Pick<FileParts, 'readers' | 'vault'>,
  merchantId: string,
  importId: string,
): AsyncGenerator<Buffer> {
  for (let n = 0; ; n++) {
    const sealed = await read(readers, merchantId, (db) => readPart(db, merchantId, importId, n));
    if (!sealed) return;
    yield vault.openBytes(sealed, partPlace(merchantId, importId, n));
  }
}

const blockPlace = (merchantId: string, id: string, n: number) => ({
  merchantId,
  id,
  field: `import block ${n}`,
});

/** Rows as they are kept, encrypted for their place. */
export function sealedRows(
  { vault, random }: Pick<FileParts, 'vault' | 'random'>,
  merchantId: string,
  importId: string,
  n: number,
  rows: readonly SheetRow[],
): Buffer {
  const text = JSON.stringify(rows.map(({ number, cells }) => [number, ...cells]));
  return vault.seal(text, blockPlace(merchantId, importId, n), random);
}

const Rows = z.array(z.tuple([z.int()], z.string()));

/** The rows of a block, over the caller's connection; none once they were forgotten. */
export async function rowsIn(
  db: Db,
  vault: Vault,
  merchantId: string,
  importId: string,
  n: number,
): Promise<readonly SheetRow[]> {
  const sealed = await readBlock(db, merchantId, importId, n);
  if (!sealed) return [];
  const kept = fieldsOf(vault.open(sealed, blockPlace(merchantId, importId, n)), Rows);
  return kept.map(([number, ...cells]) => ({ number, cells }));
}

/** The same over a connection of its own. */
export function rowsOf(
  { readers, vault }: Pick<FileParts, 'readers' | 'vault'>,
  merchantId: string,
  importId: string,
  n: number,
): Promise<readonly SheetRow[]> {
  return read(readers, merchantId, (db) => rowsIn(db, vault, merchantId, importId, n));
}
