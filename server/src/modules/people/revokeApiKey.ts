import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { type ApiKey, apiKeyAnswer, apiKeyById, apiKeys } from './apiKey.ts';
import { findOwners, takesLastOwner } from './owners.ts';

/** Ends a key for good, from the next command on. A key may end itself. */
export const revokeApiKey = useCase({
  name: 'apiKey.revoke',
  permission: 'people.write',
  movesValue: false,
  needs: ({ id }: Pick<ApiKey, 'id'>, find) => ({
    key: find.one(apiKeyById, id),
    owners: findOwners(find),
  }),
  decide({ key, owners }, { id }, { actor, now }) {
    if (!key) return refused('api_key_not_found');
    const denied = beyondScope(actor, key.storeIds);
    if (denied) return denied;
    if (key.revokedAt !== null) return refused('api_key_revoked');
    if (takesLastOwner(owners, (owner) => owner.key.id === id)) return refused('last_owner_key');
    const revoked: ApiKey = { ...key, revokedAt: now };
    return accepted({
      activities: [{ type: 'api_key.revoked', subjectId: id }],
      changes: [put(apiKeys, revoked)],
      result: apiKeyAnswer(revoked),
    });
  },
});
