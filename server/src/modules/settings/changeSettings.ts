import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { beyondScope } from '../merchants/index.ts';
import { imageById } from './images/image.ts';
import { noProfile, type Profile, profileAnswer, profileOf, profiles } from './profile.ts';

type Said = Partial<Omit<Profile, 'merchantId' | 'updatedAt'>>;
/** What is left out stays as it is. */
export type ChangeSettingsInput = { readonly [Key in keyof Said]: Said[Key] | undefined };

/** Changes what customers are told of a merchant. */
export const changeSettings = useCase({
  name: 'settings.change',
  permission: 'settings.write',
  movesValue: false,
  needs: ({ logoId }: ChangeSettingsInput, find) => ({
    profile: find.one(profileOf, find.merchantId),
    logo: logoId == null ? undefined : find.one(imageById, logoId),
  }),
  decide({ profile, logo }, input, { actor, merchantId, now }) {
    const beyond = beyondScope(actor, null);
    if (beyond) return beyond;
    if (input.logoId != null && logo?.purpose !== 'logo')
      return refused('image_not_found', { field: 'logoImageId' });
    const before = profile ?? noProfile(merchantId, now);
    const changed: Profile = {
      merchantId,
      phone: input.phone === undefined ? before.phone : input.phone,
      email: input.email === undefined ? before.email : input.email,
      website: input.website === undefined ? before.website : input.website,
      address: input.address === undefined ? before.address : input.address,
      termsZh: input.termsZh === undefined ? before.termsZh : input.termsZh,
      termsEn: input.termsEn === undefined ? before.termsEn : input.termsEn,
      logoId: input.logoId === undefined ? before.logoId : input.logoId,
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
