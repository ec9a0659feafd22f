import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';
import { type Field, formOf, forms } from './form.ts';

/** Lays down what is kept of each member besides. What stands in a field that goes stays with its members until they are changed. */
export const setForm = useCase({
  name: 'member.setFields',
  permission: 'settings.write',
  movesValue: false,
  needs: (_input: { readonly fields: readonly Field[] }, find) => find.one(formOf, find.merchantId),
  decide(form, { fields }, { actor, merchantId }) {
    const beyond = beyondScope(actor, null);
    if (beyond) return beyond;
    const revision = (form?.revision ?? 0) + 1;
    return accepted({
      activities: [{ type: 'member_fields.set', subjectId: merchantId, details: { fields } }],
      changes: [put(forms, { merchantId, fields, revision })],
      result: { fields },
    });
  },
});
