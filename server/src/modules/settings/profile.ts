import { encodeId } from '../../kernel/id.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** What stands for a merchant on its pages. How to reach it, and its terms, are the merchant's own row. */
export type Profile = {
  readonly merchantId: string;
  readonly logoId: string | null;
  readonly updatedAt: Date;
};

export const profiles = entity<Profile>('merchantProfile', (profile) => profile.merchantId);
export const profileOf = finder(profiles, 'ofMerchant', (profile) => [profile.merchantId]);

/** Before anything was said. */
export function noProfile(merchantId: string, now: Date): Profile {
  return { merchantId, logoId: null, updatedAt: now };
}

/** The settings as the API shows them. */
export function profileAnswer({ logoId }: Profile) {
  return { logoImageId: logoId === null ? null : encodeId('img', logoId) };
}
