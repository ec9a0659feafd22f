import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Device, deviceAnswer, deviceById, devices } from './devices.ts';
import { beyondScope } from './stores.ts';

/** Ends a device for good. Keys that are bound to it stop working with it. */
export const revokeDevice = useCase({
  name: 'device.revoke',
  permission: 'stores.write',
  movesValue: false,
  needs: ({ id }: Pick<Device, 'id'>, find) => find.one(deviceById, id),
  decide(device, _input, { actor }) {
    if (!device) return refused('device_not_found');
    const denied = beyondScope(actor, [device.storeId]);
    if (denied) return denied;
    if (device.state === 'revoked') return refused('device_revoked');
    const revoked: Device = { ...device, state: 'revoked' };
    return accepted({
      activities: [{ type: 'device.revoked', subjectId: device.id, storeId: device.storeId }],
      changes: [put(devices, revoked)],
      result: deviceAnswer(revoked),
    });
  },
});
