import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** What customers are told of a merchant. */
export type Profile = {
  readonly merchantId: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly address: string | null;
  readonly termsZh: string | null;
  readonly termsEn: string | null;
  readonly logoId: string | null;
  readonly updatedAt: Date;
};

export const profiles = entity<Profile>('merchantProfile', (profile) => profile.merchantId);
export const profileOf = finder(profiles, 'ofMerchant', (profile) => [profile.merchantId]);

/** Before anything was said. */
export function noProfile(merchantId: string, now: Date): Profile {
  return {
    merchantId,
    phone: null,
    email: null,
    website: null,
    address: null,
    termsZh: null,
    termsEn: null,
    logoId: null,
    updatedAt: now,
  };
}

/** The settings as the API shows them. */
export function profileAnswer(profile: Profile) {
  const { phone, email, website, address, termsZh, termsEn, logoId } = profile;
  return {
    contact: { phone, email, website, address },
    terms: { zh: termsZh, en: termsEn },
    logoImageId: logoId === null ? null : encodeId('img', logoId),
  };
}
