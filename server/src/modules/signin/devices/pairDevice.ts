import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { deviceById, devices } from '../../merchants/index.ts';
import { openSessionsOnDevice, sessions } from '../session/session.ts';
import { pairingOf, pairings } from './pairing.ts';

export type PairInput = {
  readonly deviceId: string;
  readonly codeHash: Buffer;
  readonly tokenHash: Buffer;
  readonly name: string;
};

/** A browser that has the code becomes the device; whatever was it before is signed out. Asked for by the system alone. */
export const pairDevice = useCase({
  name: 'device.pair',
  permission: 'system',
  movesValue: false,
  needs: ({ deviceId }: PairInput, find) => ({
    device: find.one(deviceById, deviceId),
    pairing: find.one(pairingOf, deviceId),
    open: find.all(openSessionsOnDevice, deviceId),
  }),
  decide({ device, pairing, open }, { codeHash, tokenHash, name }, { now }) {
    const { codeExpiresAt } = pairing ?? {};
    const isGood = pairing?.codeHash?.equals(codeHash) && codeExpiresAt && now < codeExpiresAt;
    if (!pairing || !isGood || device?.state !== 'active') return refused('link_not_good');
    return accepted({
      activities: [{ type: 'device.paired', subjectId: device.id, storeId: device.storeId }],
      changes: [
        put(pairings, { ...pairing, codeHash: null, codeExpiresAt: null, tokenHash, tokenAt: now }),
        put(devices, { ...device, name, pairedAt: now }),
        ...open
          .filter(({ endedAt }) => endedAt === null)
          .map((session) => put(sessions, { ...session, endedAt: now })),
      ],
      result: {},
    });
  },
});
