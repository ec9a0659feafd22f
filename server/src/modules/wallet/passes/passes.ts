import { createSign } from 'node:crypto';
import { currencyExponent, formatAmount } from '../../../kernel/money.ts';
import { icon } from './icon.ts';
import type { PassKeys } from './issuer.ts';

/** What a pass says. It shows and pays nothing: a code that never changes would be good for whoever photographs it. */
export type PassFacts = {
  readonly cardId: string;
  readonly merchant: string;
  readonly program: { readonly zh: string; readonly en: string };
  readonly maskedCode: string;
  readonly balance: bigint;
  readonly currency: string;
  readonly validUntil: Date | null;
  readonly isUsable: boolean;
};

type Apple = NonNullable<PassKeys['apple']>;
type Google = NonNullable<PassKeys['google']>;

/** A signed pass for Apple Wallet: a zip file with its manifest and signature. */
export async function applePass(
  facts: PassFacts,
  { passTypeId, teamId, certificate, key, wwdr }: Apple,
): Promise<Buffer> {
  // Loaded when the first pass is made: few merchants make any, and it is large.
  const { PKPass } = await import('passkit-generator');
  const { cardId, merchant, program, maskedCode, validUntil } = facts;
  const pass = new PKPass(
    { 'icon.png': icon, 'icon@2x.png': icon, 'icon@3x.png': icon },
    { wwdr, signerCert: certificate, signerKey: key },
    {
      serialNumber: cardId,
      description: `${program.zh} ${program.en}`,
      organizationName: merchant,
      logoText: merchant,
      passTypeIdentifier: passTypeId,
      teamIdentifier: teamId,
      backgroundColor: 'rgb(15, 118, 110)',
      foregroundColor: 'rgb(255, 255, 255)',
      voided: !facts.isUsable,
    },
  );
  pass.type = 'storeCard';
  const balance = formatAmount(facts.balance, facts.currency, 'zh-CN');
  pass.primaryFields.push({ key: 'balance', label: '余额 Balance', value: balance });
  pass.secondaryFields.push({ key: 'program', label: program.en, value: program.zh });
  pass.auxiliaryFields.push({ key: 'code', label: '卡号 Card', value: maskedCode });
  if (validUntil) pass.setExpirationDate(validUntil);
  return pass.getAsBuffer();
}

/** The link that puts a pass into Google Wallet: a JWT signed by the merchant's service account. */
export function googlePassLink(facts: PassFacts, { issuerId, email, key }: Google, now: Date): string {
  const { cardId, merchant, program, maskedCode, balance, currency, validUntil } = facts;
  const classId = `${issuerId}.scrip`;
  const micros = balance * 10n ** BigInt(6 - (currencyExponent(currency) ?? 2));
  const card = {
    id: `${issuerId}.${cardId}`,
    classId,
    state: facts.isUsable ? 'ACTIVE' : 'INACTIVE',
    cardNumber: maskedCode,
    balance: { micros: String(micros), currencyCode: currency },
    balanceUpdateTime: { date: now.toISOString() },
    ...(validUntil ? { validTimeInterval: { end: { date: validUntil.toISOString() } } } : {}),
    textModulesData: [{ id: 'program', header: program.en, body: program.zh }],
  };
  const issued = { id: classId, issuerName: merchant, merchantName: merchant, reviewStatus: 'UNDER_REVIEW' };
  const claims = {
    iss: email,
    aud: 'google',
    typ: 'savetowallet',
    iat: Math.floor(now.getTime() / 1000),
    payload: { giftCardClasses: [issued], giftCardObjects: [card] },
  };
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = createSign('RSA-SHA256').update(signed).sign(key).toString('base64url');
  return `https://pay.google.com/gp/v/save/${signed}.${signature}`;
}
