import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { seal, unseal } from '../../../platform/crypto/seal.ts';
import { read } from '../../../platform/db/read.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { fieldsOf } from '../../../platform/http/merge.ts';
import { commandRoute, type Route, type Visit, visitRoute } from '../../../platform/http/route.ts';
import { instant } from '../../../platform/http/shapes.ts';
import { signedIn } from '../../members/index.ts';
import { cardParams, tag } from '../cardRoutes.ts';
import type { WalletParts } from '../parts.ts';
import { cardsOf } from '../showCards.ts';
import { appleUntil, type PassKeys, passIssuerOf, passKeys, setPassKeys } from './issuer.ts';
import { applePass, googlePassLink, type PassFacts } from './passes.ts';
import { passIssuerSql } from './store.ts';

/** Of which makers this merchant has passes now. */
export async function passesOf({ readers, clock }: WalletParts, merchantId: string) {
  const issuer = await read(readers, merchantId, (db) =>
    lookUp([passIssuerSql], db, merchantId, (find) => find.one(passIssuerOf, merchantId)),
  );
  const appleUntil = issuer?.appleUntil ?? null;
  return { apple: appleUntil !== null && appleUntil > clock(), google: issuer?.hasGoogle ?? false };
}

const placeOf = (merchantId: string) => `passKeys|${merchantId}`;

/** Passes for the wallets that phones have, where the merchant has set with what to sign them. */
export function passRoutes(parts: WalletParts): readonly Route[] {
  return [
    commandRoute({
      path: '/v1/merchant/pass-keys',
      tag: 'Merchant',
      summary: 'Set the certificates that passes for Apple and Google Wallet are signed with',
      body: passKeys,
      status: 200,
      answer: z.object({ appleUntil: instant.nullable(), google: z.boolean() }),
      useCase: setPassKeys,
      input: ({ body }, { merchantId }) => ({
        sealed: seal(parts.sealKeys, Buffer.from(JSON.stringify(body)), placeOf(merchantId), parts.random),
        appleUntil: appleUntil(body),
        hasGoogle: body.google !== null,
      }),
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/cards/:id/apple-pass',
      tag,
      access: 'member',
      summary: 'One of my cards for Apple Wallet; it shows the balance and pays nothing',
      params: cardParams,
      status: 200,
      answer: 'application/vnd.apple.pkpass',
      async visit({ params }, caller) {
        const found = await passOf(parts, params.slug, params.id, caller);
        if (isRefused(found)) return found;
        const { keys, facts, now } = found;
        if (!keys.apple || (appleUntil(keys) ?? now) <= now) return refused('passes_not_set');
        return { body: await applePass(facts, keys.apple) };
      },
    }),
    visitRoute({
      method: 'GET',
      path: '/v1/wallet/:slug/cards/:id/google-pass',
      tag,
      access: 'member',
      summary: 'The link that puts one of my cards into Google Wallet; it shows the balance and pays nothing',
      params: cardParams,
      status: 200,
      answer: z.object({ url: z.string() }),
      async visit({ params }, caller) {
        const found = await passOf(parts, params.slug, params.id, caller);
        if (isRefused(found)) return found;
        const { keys, facts, now } = found;
        return keys.google
          ? { body: { url: googlePassLink(facts, keys.google, now) } }
          : refused('passes_not_set');
      },
    }),
  ];
}

type Found = { readonly keys: PassKeys; readonly facts: PassFacts; readonly now: Date };

async function passOf(parts: WalletParts, slug: string, id: string, caller: Visit): Promise<Found | Refusal> {
  const session = await signedIn(parts, slug, caller);
  if (isRefused(session)) return session;
  const { merchant, memberId } = session;
  const now = parts.clock();
  const { issuer, card } = await read(parts.readers, merchant.id, async (db) => ({
    issuer: await lookUp([passIssuerSql], db, merchant.id, (find) => find.one(passIssuerOf, merchant.id)),
    card: (await cardsOf(db, merchant.id, memberId, now)).find((one) => one.id === encodeId('card', id)),
  }));
  if (!card) return refused('card_not_found');
  if (!issuer) return refused('passes_not_set');
  const keys = fieldsOf(
    unseal(parts.sealKeys, issuer.sealed, placeOf(merchant.id)).toString('utf8'),
    passKeys,
  );
  const facts = {
    cardId: card.id,
    merchant: merchant.name,
    program: card.program.name,
    maskedCode: card.maskedCode,
    balance: BigInt(card.balance),
    currency: card.currency,
    validUntil: card.validUntil === null ? null : new Date(card.validUntil),
    isUsable: card.allowed.pay.ok,
  };
  return { keys, facts, now };
}
