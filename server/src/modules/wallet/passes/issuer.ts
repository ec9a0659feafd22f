import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { refused } from '../../../kernel/outcome.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { beyondScope } from '../../merchants/index.ts';

/** With what a merchant signs passes. What is in it is sealed. */
export type PassIssuer = {
  readonly merchantId: string;
  readonly sealed: Buffer;
  /** When Apple's certificate ends; null: none is set. */
  readonly appleUntil: Date | null;
  readonly hasGoogle: boolean;
  readonly revision: number;
};

export const passIssuers = entity<PassIssuer>('passIssuer', (issuer) => issuer.merchantId);
export const passIssuerOf = finder(passIssuers, 'ofMerchant', (issuer) => [issuer.merchantId]);

const pem = z.string().min(1).max(20_000);

const apple = z
  .strictObject({
    passTypeId: z.string().regex(/^pass\.[\w.-]{1,100}$/, 'must be as Apple gave it: pass.com.example.card'),
    teamId: z.string().regex(/^[A-Z0-9]{10}$/, 'must be ten capital letters and digits'),
    certificate: pem,
    key: pem.meta({ description: 'PEM, without a passphrase; kept encrypted and never shown.' }),
    wwdr: pem.meta({ description: 'Apple’s intermediate certificate, PEM.' }),
  })
  .superRefine(({ certificate, key, wwdr }, context) => {
    const field = unfit(certificate, key, wwdr);
    if (field !== undefined)
      context.addIssue({
        code: 'custom',
        path: [field],
        message: 'does not belong to the others, or is no PEM',
      });
  });

const google = z.strictObject({
  issuerId: z.string().regex(/^\d{5,25}$/, 'must be the digits that Google gave'),
  email: z.email().max(254),
  key: pem
    .refine((text) => isKey(text), 'must be a private RSA key, PEM')
    .meta({ description: 'PEM, without a passphrase; kept encrypted and never shown.' }),
});

/** What signs the passes of both makers; null takes one away. */
export const passKeys = z.strictObject({ apple: apple.nullable(), google: google.nullable() });
export type PassKeys = z.output<typeof passKeys>;

/** Which of the three is not what it should be. */
function unfit(certificate: string, key: string, wwdr: string): 'certificate' | 'key' | 'wwdr' | undefined {
  const own = certificateIn(certificate);
  const above = certificateIn(wwdr);
  if (!own) return 'certificate';
  if (!above || !own.checkIssued(above)) return 'wwdr';
  try {
    return own.checkPrivateKey(createPrivateKey(key)) ? undefined : 'key';
  } catch {
    return 'key';
  }
}

function certificateIn(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function isKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** When Apple's certificate ends. */
export function appleUntil({ apple }: PassKeys): Date | null {
  return apple ? new Date(new X509Certificate(apple.certificate).validTo) : null;
}

type SetInput = Pick<PassIssuer, 'sealed' | 'appleUntil' | 'hasGoogle'>;

/** Sets with what passes are signed. */
export const setPassKeys = useCase({
  name: 'wallet.setPassKeys',
  permission: 'merchant.write',
  movesValue: false,
  needs: (_input: SetInput, find) => find.one(passIssuerOf, find.merchantId),
  decide(known, { sealed, appleUntil, hasGoogle }, { merchantId, actor, now }) {
    const denied = beyondScope(actor, null);
    if (denied) return denied;
    if (appleUntil !== null && appleUntil <= now)
      return refused('invalid_request', { field: 'apple.certificate', detail: 'has ended' });
    const issuer = { merchantId, sealed, appleUntil, hasGoogle, revision: (known?.revision ?? 0) + 1 };
    const shown = { appleUntil: appleUntil?.toISOString() ?? null, google: hasGoogle };
    return accepted({
      activities: [{ type: 'merchant.pass_keys_set', subjectId: merchantId, details: shown }],
      changes: [put(passIssuers, issuer)],
      result: shown,
    });
  },
});
