import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import { currencyExponent } from '../../kernel/money.ts';
import { isZone } from '../../kernel/time.ts';
import { accepted, type InputOf, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { currencyCode, textIn } from '../../platform/http/shapes.ts';
import { type Merchant, merchantAnswer, merchantById, merchants, slugFor } from './merchant.ts';

export const CreateMerchantInput = z.strictObject({
  name: textIn(200),
  currency: currencyCode.refine(
    (code) => currencyExponent(code) !== undefined,
    'must be an ISO 4217 code such as CNY',
  ),
  timezone: z.string().refine(isZone, 'must be an IANA time zone such as Asia/Shanghai'),
});

/** The first entry of a fresh journal, made by the system: nobody has a key of this merchant yet. */
export const createMerchant = useCase({
  name: 'merchant.create',
  permission: 'system',
  movesValue: false,
  needs: (_input: InputOf<typeof CreateMerchantInput>, find) => find.one(merchantById, find.merchantId),
  decide(known, { name, currency, timezone }, { merchantId, now }) {
    assert(known === undefined, 'a merchant is made once, on a journal of its own');
    const slug = slugFor(name, merchantId);
    const merchant: Merchant = {
      id: merchantId,
      name,
      currency,
      timezone,
      slug,
      contact: { phone: null, email: null, address: null, website: null },
      terms: { zh: null, en: null },
      termsVersion: 1,
      widgetOrigins: [],
      createdAt: now,
    };
    return accepted({
      activities: [
        { type: 'merchant.created', subjectId: merchantId, details: { name, currency, timezone, slug } },
      ],
      changes: [put(merchants, merchant)],
      result: merchantAnswer(merchant),
    });
  },
});
