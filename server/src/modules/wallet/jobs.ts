import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import type { MemberParts } from '../members/index.ts';
import {
  complaintsUnderEarlierKeys,
  forgetWordsOfErased,
  putResealed,
  type StoredComplaint,
} from './store.ts';
import { placeOf } from './words.ts';

type Parts = Pick<MemberParts, 'readers' | 'writers' | 'vault' | 'random'>;

const atOnceMax = 200;

/** Keeps complaints under the present key, and not at all when their writer is erased. */
export function walletJobs(parts: Parts): readonly Job[] {
  const { readers, writers, vault } = parts;
  return [
    {
      name: 'wallet.forgetErased',
      everyMs: 600_000,
      async run() {
        await writeAside(writers, allMerchants, forgetWordsOfErased);
        return false;
      },
    },
    {
      name: 'wallet.reseal',
      everyMs: 3_600_000,
      async run(signal) {
        const found = await read(readers, allMerchants, (db) =>
          complaintsUnderEarlierKeys(db, vault.version, atOnceMax),
        );
        for (const complaint of found) if (!signal.aborted) await resealOne(parts, complaint);
        return found.length === atOnceMax;
      },
    },
  ];
}

async function resealOne({ vault, random, writers }: Parts, complaint: StoredComplaint): Promise<void> {
  const { merchantId, ...from } = complaint;
  const again = (sealed: Buffer, field: Parameters<typeof placeOf>[2]) => {
    const place = placeOf(merchantId, from.id, field);
    return vault.seal(vault.open(sealed, place), place, random);
  };
  const to = {
    ...from,
    sealedText: again(from.sealedText, 'complaint'),
    sealedReference: from.sealedReference && again(from.sealedReference, 'reference'),
    sealedAnswer: from.sealedAnswer && again(from.sealedAnswer, 'answer'),
  };
  await writeAside(writers, merchantId, (db) => putResealed(db, merchantId, from, to));
}
