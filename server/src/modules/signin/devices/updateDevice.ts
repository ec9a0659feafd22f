import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope, type Device, deviceAnswer, deviceById, devices } from '../../merchants/index.ts';
import { type Limits, limitsRow } from '../../people/index.ts';

type UpdateDeviceInput = {
  readonly id: string;
  readonly name?: string | undefined;
  readonly limits?: Limits | undefined;
};

/** Renames a device, or limits what is done on it: at once for all who are signed in there. */
export const updateDevice = useCase({
  name: 'device.update',
  permission: 'stores.write',
  movesValue: false,
  needs: ({ id }: UpdateDeviceInput, find) => find.one(deviceById, id),
  decide(device, { name, limits }, { actor }) {
    if (!device) return refused('device_not_found');
    const denied = beyondScope(actor, [device.storeId]);
    if (denied) return denied;
    if (device.state === 'revoked') return refused('device_revoked');
    const updated: Device = {
      ...device,
      name: name ?? device.name,
      limits: limits === undefined ? device.limits : limitsRow(limits),
    };
    const { ceilings } = deviceAnswer(updated);
    return accepted({
      activities: [
        {
          type: 'device.updated',
          subjectId: device.id,
          storeId: device.storeId,
          details: { before: deviceAnswer(device).ceilings, after: ceilings },
        },
      ],
      changes: [put(devices, updated)],
      result: deviceAnswer(updated),
    });
  },
});
