import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import {
  type Contact,
  type Merchant,
  merchantAnswer,
  merchantById,
  merchants,
  slugOwner,
} from './merchant.ts';
import { beyondScope } from './stores.ts';

/** What is left out stays as it is. */
type UpdateMerchantInput = {
  readonly slug?: string | undefined;
  readonly contact?: Partial<{ [Way in keyof Contact]: Contact[Way] | undefined }> | undefined;
  readonly terms?:
    | { readonly zh?: string | null | undefined; readonly en?: string | null | undefined }
    | undefined;
  readonly widgetOrigins?: readonly string[] | undefined;
};

/** Changes what the merchant's public pages say, and where they are. */
export const updateMerchant = useCase({
  name: 'merchant.update',
  permission: 'merchant.write',
  movesValue: false,
  needs: ({ slug }: UpdateMerchantInput, find) => ({
    merchant: find.one(merchantById, find.merchantId),
    owner: slug === undefined ? undefined : find.one(slugOwner, slug),
  }),
  decide({ merchant, owner }, { slug, contact = {}, terms = {}, widgetOrigins }, { actor, merchantId }) {
    if (!merchant) return refused('unauthenticated');
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (owner && owner.merchantId !== merchantId) return refused('slug_taken', { field: 'slug' });
    const newTerms = { zh: either(terms.zh, merchant.terms.zh), en: either(terms.en, merchant.terms.en) };
    const reworded = newTerms.zh !== merchant.terms.zh || newTerms.en !== merchant.terms.en;
    const updated: Merchant = {
      ...merchant,
      slug: slug ?? merchant.slug,
      contact: {
        phone: either(contact.phone, merchant.contact.phone),
        email: either(contact.email, merchant.contact.email),
        address: either(contact.address, merchant.contact.address),
        website: either(contact.website, merchant.contact.website),
      },
      terms: newTerms,
      termsVersion: merchant.termsVersion + (reworded ? 1 : 0),
      widgetOrigins: widgetOrigins ?? merchant.widgetOrigins,
    };
    const parts = ({ slug, contact, termsVersion, widgetOrigins }: Merchant) => ({
      slug,
      contact,
      termsVersion,
      widgetOrigins,
    });
    return accepted({
      activities: [
        {
          type: 'merchant.updated',
          subjectId: merchantId,
          details: { before: parts(merchant), after: parts(updated) },
        },
      ],
      changes: [put(merchants, updated)],
      result: merchantAnswer(updated),
    });
  },
});

function either<T>(given: T | undefined, known: T): T {
  return given === undefined ? known : given;
}
