import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { deviceById, merchantById, storeById } from '../merchants/index.ts';
import { type Shift, shiftAnswer, shifts, shiftsAlone, shiftsOnDevice } from './shift.ts';

type OpenShiftInput = {
  readonly storeId: string;
  readonly deviceId: string | undefined;
  readonly openingFloat: bigint;
};

/** Opens a shift: on a device where one is named, else of whoever opens it. One at a time is open of each. */
export const openShift = useCase({
  name: 'shift.open',
  permission: 'shifts.work',
  movesValue: false,
  storeOf: ({ storeId }: OpenShiftInput) => storeId,
  needs: ({ storeId, deviceId }: OpenShiftInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    store: find.one(storeById, storeId),
    device: deviceId === undefined ? undefined : find.one(deviceById, deviceId),
    onDevice: deviceId === undefined ? [] : find.all(shiftsOnDevice, deviceId),
    // Who asks is known in the decision only, so all that are open without a device are looked at.
    alone: deviceId === undefined ? find.all(shiftsAlone, 'alone') : [],
  }),
  decide({ merchant, store, device, onDevice, alone }, { storeId, deviceId, openingFloat }, context) {
    const { actor, now, newId } = context;
    if (!merchant || !store) return refused('store_not_found', { field: 'storeId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
    if (deviceId !== undefined) {
      if (device?.storeId !== storeId) return refused('device_not_found', { field: 'deviceId' });
      if (device.state === 'revoked') return refused('device_revoked', { field: 'deviceId' });
    }
    const isTaken = (shift: Shift) =>
      shift.state === 'open' && (deviceId !== undefined || shift.openedBy === actor.id);
    if ([...onDevice, ...alone].some(isTaken)) return refused('shift_already_open');
    const shift: Shift = {
      id: newId(),
      storeId,
      deviceId: deviceId ?? null,
      openedBy: actor.id,
      currency: merchant.currency,
      openingFloat,
      state: 'open',
      openedAt: now,
      openedSeq: context.seq(),
      counted: null,
      countedAt: null,
      countedSeq: null,
      countedBy: null,
      expected: null,
      closedAt: null,
      closedBy: null,
      reason: null,
      corrected: 0n,
    };
    const details = { currency: shift.currency };
    return accepted({
      activities: [{ type: 'shift.opened', subjectId: shift.id, storeId, amount: openingFloat, details }],
      changes: [put(shifts, shift)],
      result: shiftAnswer(shift),
    });
  },
});
