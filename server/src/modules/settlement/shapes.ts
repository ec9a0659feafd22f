import { z } from 'zod';
import { amountJson, civilDate, idIn, idOut, instant, textIn } from '../../platform/http/shapes.ts';
import { whole } from './terms.ts';

const rulesMax = 2_000;
const ppm = z.int().min(0).max(whole).meta({ description: 'Parts per million: 1000000 is all of it.' });
const bound = z.int().min(0).max(1e15).nullable();
const lot = z.enum(['principal', 'bonus', 'compensation']);
const by = z.enum(['issuer', 'seller', 'redeemer', 'hq', 'sponsor']);
const chargedKind = z.enum(['load', 'redemption']);
const taken = z.enum(['all', 'region', 'own', 'direct', 'list']);
const note = textIn(500);
const storeIn = idIn('store').nullable().default(null);
const from = civilDate
  .optional()
  .meta({ description: "A later day in the merchant's zone; left out: from now on." });

export const SetTermsBody = z.strictObject({
  from,
  note: note.nullable().default(null),
  ratios: z
    .array(
      z.strictObject({
        sellerId: storeIn,
        redeemerId: storeIn,
        principalPpm: ppm.default(whole),
        bonusPpm: ppm.default(whole),
      }),
    )
    .max(rulesMax)
    .default([])
    .meta({
      description:
        'What of the value that it honours a redeeming store is paid. null: any store; the rule that names more goes first.',
    }),
  bearing: z
    .array(
      z.strictObject({
        lot,
        shares: z
          .array(z.strictObject({ by, partyId: idIn('pty').nullable().default(null), ppm }))
          .min(1)
          .max(10),
      }),
    )
    .max(3)
    .default([])
    .meta({
      description: 'Who bears the cost of each kind of value; the store that sold it where nothing is said.',
    }),
  commissions: z
    .array(
      z.strictObject({
        kind: chargedKind,
        storeId: storeIn,
        tender: textIn(32).nullable().default(null),
        ppm,
        min: bound.default(null),
        max: bound.default(null),
      }),
    )
    .max(rulesMax)
    .default([])
    .meta({
      description: 'On loads the merchant pays it to the store, on redemptions the store to the merchant.',
    }),
});

const versionFacts = {
  id: idOut('stv'),
  number: z.int(),
  validFrom: instant,
  note: z.string().nullable(),
  createdAt: instant,
};
export const TermsAnswer = z.object({
  ...versionFacts,
  ratios: z.array(
    z.object({
      sellerId: idOut('store').nullable(),
      redeemerId: idOut('store').nullable(),
      principalPpm: ppm,
      bonusPpm: ppm,
    }),
  ),
  bearing: z.array(
    z.object({ lot, shares: z.array(z.object({ by, partyId: idOut('pty').nullable(), ppm })) }),
  ),
  commissions: z.array(
    z.object({
      kind: chargedKind,
      storeId: idOut('store').nullable(),
      tender: z.string().nullable(),
      ppm,
      min: amountJson.nullable(),
      max: amountJson.nullable(),
    }),
  ),
});

export const SetAcceptanceBody = z.strictObject({
  from,
  note: note.nullable().default(null),
  rules: z
    .array(
      z.strictObject({
        storeId: storeIn.meta({ description: 'The store that takes; null: each that no rule names.' }),
        takes: taken,
        sellerIds: z.array(idIn('store')).max(rulesMax).default([]),
        firstDay: civilDate.nullable().default(null),
        lastDay: civilDate.nullable().default(null),
      }),
    )
    .max(rulesMax),
});
export const AcceptanceAnswer = z.object({
  ...versionFacts,
  rules: z.array(
    z.object({
      storeId: idOut('store').nullable(),
      takes: taken,
      sellerIds: z.array(idOut('store')),
      from: instant.nullable(),
      until: instant.nullable().meta({ description: 'Exclusive.' }),
    }),
  ),
});

export const PartyBody = z.strictObject({ kind: z.enum(['issuer', 'sponsor']), name: textIn(100) });
export const PartyAnswer = z.object({
  id: idOut('pty'),
  kind: z.enum(['issuer', 'sponsor']),
  name: z.string(),
  createdAt: instant,
});

const cell = z.object({
  sellerId: idOut('store'),
  name: z.string(),
  takes: z.boolean(),
  principalPpm: ppm,
  bonusPpm: ppm,
});
export const MatrixRow = z.object({
  storeId: idOut('store'),
  code: z.string(),
  name: z.string(),
  region: z.string().nullable(),
  ownership: z.enum(['direct', 'franchise']),
  rule: taken.meta({ description: 'By which rule it takes.' }),
  sellers: z.array(cell),
});
