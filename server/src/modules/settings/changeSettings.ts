import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { imageById } from './images/image.ts';
import { noProfile, type Profile, profileAnswer, profileOf, profiles } from './profile.ts';

/** What is left out stays as it is. */
export type ChangeSettingsInput = { readonly logoId?: string | null | undefined };

/** Changes what stands for a merchant on its pages. */
export const changeSettings = useCase({
  name: 'settings.change',
  permission: 'settings.write',
  movesValue: false,
  needs: ({ logoId }: ChangeSettingsInput, find) => ({
    profile: find.one(profileOf, find.merchantId),
    logo: logoId == null ? undefined : find.one(imageById, logoId),
  }),
  decide({ profile, logo }, { logoId }, { actor, merchantId, now }) {
    const beyond = beyondScope(actor, null);
    if (beyond) return beyond;
    if (logoId != null && logo?.purpose !== 'logo')
      return refused('image_not_found', { field: 'logoImageId' });
    const before = profile ?? noProfile(merchantId, now);
    const changed: Profile = {
      ...before,
      logoId: logoId === undefined ? before.logoId : logoId,
      updatedAt: now,
    };
    const details = { before: profileAnswer(before), after: profileAnswer(changed) };
    return accepted({
      activities: [{ type: 'settings.changed', subjectId: merchantId, details }],
      changes: [put(profiles, changed)],
      result: profileAnswer(changed),
    });
  },
});
