import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type Party, parties, partyAnswer, partyByName } from './party.ts';

type CreatePartyInput = Pick<Party, 'kind' | 'name'>;

/** Names an issuer or a sponsor, so that terms can let it bear cost. */
export const createParty = useCase({
  name: 'settlement_party.create',
  permission: 'settlement.terms',
  movesValue: false,
  needs: ({ name }: CreatePartyInput, find) => ({ namesake: find.one(partyByName, name) }),
  decide({ namesake }, { kind, name }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (namesake) return refused('settlement_party_taken', { field: 'name' });
    const party: Party = { id: newId(), kind, name, createdAt: now };
    return accepted({
      activities: [{ type: 'settlement_party.created', subjectId: party.id, details: { kind, name } }],
      changes: [put(parties, party)],
      result: partyAnswer(party),
    });
  },
});
