import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, deviceById } from '../../merchants/index.ts';
import { pairingMs, pairingOf, pairings } from './pairing.ts';

/** Gives out a code by which one browser becomes this device; a code before it is void. */
export const beginPairing = useCase({
  name: 'device.begin_pairing',
  permission: 'stores.write',
  movesValue: false,
  needs: ({ id }: { readonly id: string; readonly codeHash: Buffer }, find) => ({
    device: find.one(deviceById, id),
    pairing: find.one(pairingOf, id),
  }),
  decide({ device, pairing }, { id, codeHash }, { actor, now }) {
    if (!device) return refused('device_not_found');
    const denied = beyondScope(actor, [device.storeId]);
    if (denied) return denied;
    if (device.state === 'revoked') return refused('device_revoked');
    const codeExpiresAt = new Date(now.getTime() + pairingMs);
    return accepted({
      activities: [{ type: 'device.pairing_begun', subjectId: id, storeId: device.storeId }],
      changes: [
        put(pairings, {
          ...{ deviceId: id, codeHash, codeExpiresAt },
          ...{ tokenHash: pairing?.tokenHash ?? null, tokenAt: pairing?.tokenAt ?? null },
        }),
      ],
      result: { expiresAt: codeExpiresAt.toISOString() },
    });
  },
});
