import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { tellLeftNumbers } from './number/jobs.ts';
import type { MemberParts } from './parts.ts';
import { resealMember } from './resealMember.ts';
import { forgetEnded } from './signIn/store.ts';
import { sealedUnderEarlierKeys } from './store.ts';

type Parts = MemberParts & {
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const dayMs = 86_400_000;
const atOnceMax = 200;

/** Keeps no longer than needed what is over, and under no older key than the present one what is kept. */
export function memberJobs(parts: Parts): readonly Job[] {
  const { readers, writers, clock, vault } = parts;
  return [
    {
      name: 'members.forgetEnded',
      everyMs: 600_000,
      async run() {
        const before = new Date(clock().getTime() - dayMs);
        await writeAside(writers, allMerchants, (db) => forgetEnded(db, before));
        return false;
      },
    },
    {
      name: 'members.reseal',
      everyMs: 3_600_000,
      async run(signal) {
        const found = await read(readers, allMerchants, (db) =>
          sealedUnderEarlierKeys(db, vault.version, atOnceMax),
        );
        for (const member of found) if (!signal.aborted) await resealOne(parts, member);
        return found.length === atOnceMax;
      },
    },
    tellLeftNumbers(parts),
  ];
}

type Found = Awaited<ReturnType<typeof sealedUnderEarlierKeys>>[number];

async function resealOne({ vault, random, asSystem }: Parts, member: Found): Promise<void> {
  const { merchantId, id, revision } = member;
  const again = (sealed: Buffer | null, field: string) => {
    const place = { merchantId, id, field };
    return sealed === null ? null : vault.seal(vault.open(sealed, place), place, random);
  };
  await asSystem(merchantId, resealMember, {
    id,
    revision,
    sealedPhone: again(member.sealedPhone, 'phone'),
    sealedName: again(member.sealedName, 'name'),
    sealedEmail: again(member.sealedEmail, 'email'),
    sealedBirthday: again(member.sealedBirthday, 'birthday'),
    sealedFields: again(member.sealedFields, 'fields'),
  });
}
