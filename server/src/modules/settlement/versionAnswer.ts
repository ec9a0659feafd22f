import { encodeId } from '../../kernel/id.ts';
import type { SettlementVersion } from './version.ts';

const store = (id: string | null) => (id === null ? null : encodeId('store', id));

function termsAnswer({ body }: Extract<SettlementVersion, { kind: 'terms' }>) {
  return {
    ratios: body.ratios.map((ratio) => ({
      ...ratio,
      sellerId: store(ratio.sellerId),
      redeemerId: store(ratio.redeemerId),
    })),
    bearing: body.bearing.map(({ lot, shares }) => ({
      lot,
      shares: shares.map((share) => ({
        ...share,
        partyId: share.partyId === null ? null : encodeId('pty', share.partyId),
      })),
    })),
    commissions: body.commissions.map((each) => ({ ...each, storeId: store(each.storeId) })),
  };
}

function acceptanceAnswer({ body }: Extract<SettlementVersion, { kind: 'acceptance' }>) {
  return {
    rules: body.rules.map((rule) => ({
      ...rule,
      storeId: store(rule.storeId),
      sellerIds: rule.sellerIds.map((id) => encodeId('store', id)),
    })),
  };
}

/** A version as the API shows it. */
export function versionAnswer(version: SettlementVersion) {
  const { id, number, validFrom, note, createdAt } = version;
  return {
    id: encodeId('stv', id),
    number,
    validFrom: validFrom.toISOString(),
    note,
    createdAt: createdAt.toISOString(),
    ...(version.kind === 'terms' ? termsAnswer(version) : acceptanceAnswer(version)),
  };
}
