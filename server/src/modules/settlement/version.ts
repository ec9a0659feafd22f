import { entity, finder } from '../../platform/executor/entity.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import { type Acceptance, everywhere } from './acceptance.ts';
import { noTerms, type SettlementTerms } from './terms.ts';

type Parts = {
  readonly id: string;
  /** 1, 2, 3 … among those of its kind. */
  readonly number: number;
  /** From when on it holds, until a later one does. */
  readonly validFrom: Date;
  readonly note: string | null;
  readonly createdAt: Date;
};

/** Terms between stores, or who takes whose cards, as somebody laid them down. A later version takes its place; it stays. */
export type SettlementVersion = Parts &
  (
    | { readonly kind: 'terms'; readonly body: SettlementTerms }
    | { readonly kind: 'acceptance'; readonly body: Acceptance }
  );

export const settlementVersions = entity<SettlementVersion>('settlementVersion', (version) => version.id);
/** All of a merchant, under this one key: they are few, and most merchants have none. */
const allVersions = 'all';
export const versionsOfMerchant = finder(settlementVersions, 'all', () => [allVersions]);

/** All versions of a merchant: the one look-up that a redemption makes for them, in memory after the first. */
export function versionsIn(find: Find): readonly SettlementVersion[] {
  return find.all(versionsOfMerchant, allVersions);
}

/** The version that holds at a time: the latest to have begun, of several that began together the last to be made. */
function inForce<Kind extends SettlementVersion['kind']>(
  versions: readonly SettlementVersion[],
  kind: Kind,
  now: Date,
): Extract<SettlementVersion, { kind: Kind }> | undefined {
  let found: Extract<SettlementVersion, { kind: Kind }> | undefined;
  for (const version of versions) {
    if (!isOf(version, kind) || version.validFrom > now) continue;
    if (found === undefined || isLater(version, found)) found = version;
  }
  return found;
}

function isOf<Kind extends SettlementVersion['kind']>(
  version: SettlementVersion,
  kind: Kind,
): version is Extract<SettlementVersion, { kind: Kind }> {
  return version.kind === kind;
}

function isLater(one: Parts, other: Parts): boolean {
  const [began, before] = [one.validFrom.getTime(), other.validFrom.getTime()];
  return began === before ? one.number > other.number : began > before;
}

/** The terms between stores at a time. */
export function termsAt(versions: readonly SettlementVersion[], now: Date): SettlementTerms {
  return versions.length === 0 ? noTerms : (inForce(versions, 'terms', now)?.body ?? noTerms);
}

/** Who takes whose cards at a time. */
export function acceptanceAt(versions: readonly SettlementVersion[], now: Date): Acceptance {
  return versions.length === 0 ? everywhere : (inForce(versions, 'acceptance', now)?.body ?? everywhere);
}
