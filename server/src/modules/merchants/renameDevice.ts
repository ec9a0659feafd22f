import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Device, deviceAnswer, deviceById, devices } from './devices.ts';

/** Gives a device that is in use another name. */
export const renameDevice = useCase({
  name: 'device.rename',
  permission: 'stores.write',
  movesValue: false,
  needs: ({ id }: Pick<Device, 'id' | 'name'>, find) => ({ device: find.one(deviceById, id) }),
  ownerStoreOf: ({ device }) => device?.storeId,
  decide({ device }, { name }) {
    if (!device) return refused('device_not_found');
    if (device.state === 'revoked') return refused('device_revoked');
    const renamed: Device = { ...device, name };
    return accepted({
      activities: [
        {
          type: 'device.renamed',
          subjectId: device.id,
          storeId: device.storeId,
          details: { before: device.name, name },
        },
      ],
      changes: [put(devices, renamed)],
      result: deviceAnswer(renamed),
    });
  },
});
