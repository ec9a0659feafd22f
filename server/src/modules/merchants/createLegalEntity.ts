import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type LegalEntity, legalEntities, legalEntityAnswer } from './legalEntities.ts';
import { beyondScope } from './stores.ts';

export const createLegalEntity = useCase({
  name: 'legalEntity.create',
  permission: 'stores.write',
  movesValue: false,
  needs: (_input: Pick<LegalEntity, 'name' | 'registration'>) => undefined,
  decide(_rows, { name, registration }, { actor, now, newId }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    const legalEntity: LegalEntity = { id: newId(), name, registration, createdAt: now };
    return accepted({
      activities: [
        { type: 'legal_entity.created', subjectId: legalEntity.id, details: { name, registration } },
      ],
      changes: [put(legalEntities, legalEntity)],
      result: legalEntityAnswer(legalEntity),
    });
  },
});
