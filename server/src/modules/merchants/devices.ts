import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** A till, terminal or handheld. It stays in its store; revoked, its keys are dead. */
export type Device = {
  readonly id: string;
  readonly storeId: string;
  readonly name: string;
  readonly state: 'active' | 'revoked';
  readonly createdAt: Date;
};

export const devices = entity<Device>('device', (device) => device.id);
export const deviceById = finder(devices, 'byId', (device) => [device.id]);

/** A device as the API shows it. */
export function deviceAnswer({ id, storeId, name, state, createdAt }: Device) {
  return {
    id: encodeId('dev', id),
    storeId: encodeId('store', storeId),
    name,
    state,
    createdAt: createdAt.toISOString(),
  };
}
