import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** Somebody beside the merchant and its stores who bears cost: who issues what is sold, or who sponsors what is given. */
export type Party = {
  readonly id: string;
  readonly kind: 'issuer' | 'sponsor';
  readonly name: string;
  readonly createdAt: Date;
};

export const parties = entity<Party>('settlementParty', (party) => party.id);
export const partyById = finder(parties, 'byId', (party) => [party.id]);
export const partyByName = finder(parties, 'byName', (party) => [party.name]);

/** A party as the API shows it. */
export function partyAnswer({ id, kind, name, createdAt }: Party) {
  return { id: encodeId('pty', id), kind, name, createdAt: createdAt.toISOString() };
}
