import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Device, deviceAnswer, devices } from './devices.ts';
import { storeById } from './stores.ts';

type CreateDeviceInput = Pick<Device, 'storeId' | 'name'>;

export const createDevice = useCase({
  name: 'device.create',
  permission: 'stores.write',
  movesValue: false,
  storeOf: ({ storeId }: CreateDeviceInput) => storeId,
  needs: ({ storeId }: CreateDeviceInput, find) => find.one(storeById, storeId),
  decide(store, { storeId, name }, { now, newId }) {
    if (!store) return refused('store_not_found', { field: 'storeId' });
    if (store.state === 'closed') return refused('store_closed', { field: 'storeId' });
    const device: Device = {
      ...{ id: newId(), storeId, name, state: 'active', createdAt: now },
      ...{ limits: {}, pairedAt: null },
    };
    return accepted({
      activities: [{ type: 'device.created', subjectId: device.id, storeId, details: { name } }],
      changes: [put(devices, device)],
      result: deviceAnswer(device),
    });
  },
});
