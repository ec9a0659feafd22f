import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** A till, terminal or handheld. It stays in its store; revoked, its keys are dead. */
export type Device = {
  readonly id: string;
  readonly storeId: string;
  readonly name: string;
  readonly state: 'active' | 'revoked';
  readonly createdAt: Date;
  /** What may be done on it, by permission: amounts in minor units as text. */
  readonly limits: Readonly<Record<string, { readonly each?: string; readonly day?: string }>>;
  readonly pairedAt: Date | null;
};

export const devices = entity<Device>('device', (device) => device.id);
export const deviceById = finder(devices, 'byId', (device) => [device.id]);

/** A device as the API shows it. */
export function deviceAnswer({ id, storeId, name, state, createdAt, limits, pairedAt }: Device) {
  return {
    id: encodeId('dev', id),
    storeId: encodeId('store', storeId),
    name,
    state,
    ceilings: Object.fromEntries(
      Object.entries(limits).map(([word, { each, day }]) => [
        word,
        {
          ...(each === undefined ? {} : { each: jsonAmount(BigInt(each)) }),
          ...(day === undefined ? {} : { day: jsonAmount(BigInt(day)) }),
        },
      ]),
    ),
    pairedAt: pairedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
