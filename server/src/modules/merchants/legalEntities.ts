import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** A company that owns stores: what stores owe each other is settled between these. */
export type LegalEntity = {
  readonly id: string;
  readonly name: string;
  readonly registration: string | null;
  readonly createdAt: Date;
};

export const legalEntities = entity<LegalEntity>('legalEntity', (legalEntity) => legalEntity.id);
export const legalEntityById = finder(legalEntities, 'byId', (legalEntity) => [legalEntity.id]);

/** A legal entity as the API shows it. */
export function legalEntityAnswer({ id, name, registration, createdAt }: LegalEntity) {
  return { id: encodeId('ent', id), name, registration, createdAt: createdAt.toISOString() };
}
