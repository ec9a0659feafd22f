import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockFolder, readIfThere } from '../../platform/postgres/processes.ts';

/** What a replay must remember to be resumed or run again: the merchant that it made, and codes that are handed out only once. */
export type State = {
  /** For people. */
  readonly folder: string;
  merchant(digest: string): Merchant | undefined;
  keepMerchant(digest: string, merchant: Merchant): void;
  /** The codes of a batch, as they were released. */
  codes(batchId: string): string | undefined;
  keepCodes(batchId: string, csv: string): void;
  /** How many baskets a replay of this data for this merchant has set out to pay. */
  reached(digest: string, merchantId: string): number;
  keepReached(digest: string, merchantId: string, baskets: number): void;
  /** Lets other replays have it. */
  close(): Promise<void>;
};

const Merchant = z.object({ merchantId: z.string(), apiKey: z.string() });
export type Merchant = z.infer<typeof Merchant>;
const Reached = z.object({ baskets: z.int() });

/** So much of a digest tells data apart. */
export const shortDigest = (digest: string): string => digest.slice(0, 16);

/** Opens the state in this folder for this process alone. Throws while another replay has it. */
export async function openState(folder: string): Promise<State> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(folder, 0).catch((cause: unknown) => {
    throw new Error(`another replay runs with ${folder}`, { cause });
  });
  const merchantFile = (digest: string) => join(folder, `merchant-${shortDigest(digest)}.json`);
  const reachedFile = (digest: string, merchantId: string) =>
    join(folder, `${merchantId}-${shortDigest(digest)}.json`);
  const codesFile = (batchId: string) => join(folder, `${batchId}.csv`);
  return {
    folder,
    merchant: (digest) => readJson(merchantFile(digest), Merchant),
    keepMerchant: (digest, merchant) => writePrivately(merchantFile(digest), JSON.stringify(merchant)),
    codes: (batchId) => readIfThere(codesFile(batchId)),
    keepCodes: (batchId, csv) => writePrivately(codesFile(batchId), csv),
    reached: (digest, merchantId) => readJson(reachedFile(digest, merchantId), Reached)?.baskets ?? 0,
    keepReached: (digest, merchantId, baskets) =>
      writePrivately(reachedFile(digest, merchantId), JSON.stringify({ baskets })),
    close: unlock,
  };
}

function readJson<Shape extends z.ZodType>(path: string, shape: Shape): z.output<Shape> | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    // No cause: a parser's message quotes the text, which may be secret.
    throw new Error(`${path} is not what a replay wrote`);
  }
}

/** Whole or not at all, also when the power goes: codes that are lost here are lost for good. */
function writePrivately(path: string, text: string): void {
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  const folder = openSync(join(path, '..'), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
