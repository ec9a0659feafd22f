import { newId } from '../../../kernel/id.ts';
import { allMerchants, writeAside } from '../../../platform/db/read.ts';
import type { Job } from '../../../platform/jobs/runner.ts';
import type { MemberParts } from '../parts.ts';
import { takeLeftNumbers } from './store.ts';

const atOnceMax = 50;

/** Tells the numbers that members have left, so that nobody loses what is theirs without hearing of it. */
export function tellLeftNumbers({ writers, clock, random, vault, queue }: MemberParts): Job {
  return {
    name: 'members.tellLeftNumbers',
    everyMs: 2_000,
    async run() {
      const now = clock();
      return writeAside(writers, allMerchants, async (db) => {
        const left = await takeLeftNumbers(db, atOnceMax);
        for (const { merchantId, seq, memberId, sealedPhone, language, why } of left) {
          const phone = vault.open(sealedPhone, { merchantId, id: memberId, field: 'phone' });
          const event = why === 'merged' ? 'member_merged' : 'phone_changed';
          const message = {
            id: newId(now, random),
            occasion: `${event}|${seq}`,
            event,
            memberId,
            language,
            to: { phone, email: null },
            params: {},
            goodUntil: null,
          } as const;
          await queue(db, merchantId, message, now);
        }
        return left.length === atOnceMax;
      });
    },
  };
}
