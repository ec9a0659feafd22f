import { encodeId } from '../../kernel/id.ts';
import type { ActivityDraft } from '../../platform/executor/activity.ts';
import type { Change, Find } from '../../platform/executor/workingSet.ts';
import { changed, ended, type Share, sharesOfPayer, sharesOfRelative } from './share.ts';

/** The shares that a member has part in, on either side. */
type FamilySide = { readonly given: readonly Share[]; readonly got: readonly Share[] };

/** For `needs`: the shares that a member has part in. */
export const familySide = (memberId: string, find: Find): FamilySide => ({
  given: find.all(sharesOfPayer, memberId),
  got: find.all(sharesOfRelative, memberId),
});

type Both = { readonly from: FamilySide; readonly into: FamilySide };

/**
 * What becomes of the shares of who is merged away: they are of the one who stays. One between the two ends, since nobody
 * shares with themself; where the one who stays has one with the same person, that one stands, and takes over what was
 * paid today by the other, so that a day's limit is not had twice.
 */
export function familyMerged(
  { from, into }: Both,
  fromId: string,
  intoId: string,
  now: Date,
): { readonly activities: readonly ActivityDraft[]; readonly changes: readonly Change[] } {
  const activities: ActivityDraft[] = [];
  const changes: Change[] = [];
  const end = (share: Share) => {
    const relativeId = share.relativeId === null ? null : encodeId('mem', share.relativeId);
    const details = { by: 'merge', payerId: encodeId('mem', share.payerId), relativeId };
    activities.push({ type: 'family_share.ended', subjectId: share.id, details });
    changes.push(ended(share, 'merge', now));
  };
  const isBetween = ({ payerId, relativeId }: Share) =>
    relativeId !== null && [payerId, relativeId].every((id) => id === fromId || id === intoId);
  const over = (share: Share, twin: Share | undefined, change: Partial<Share>) => {
    if (isBetween(share)) return end(share);
    if (!twin) return void changes.push(changed(share, change));
    end(share);
    if (share.day !== null && share.used > 0n && (twin.day === null || share.day >= twin.day)) {
      const used = share.used + (twin.day === share.day ? twin.used : 0n);
      changes.push(changed(twin, { day: share.day, used }));
    }
  };
  for (const share of from.given) {
    const twin = into.given.find(
      ({ relativeId, phoneHash }) =>
        relativeId === share.relativeId && (relativeId !== null || phoneHash === share.phoneHash),
    );
    over(share, twin, { payerId: intoId });
  }
  for (const share of from.got) {
    // One between the two was ended as what the other of them gave, or is here.
    if (isBetween(share) && share.payerId === fromId) continue;
    over(
      share,
      into.got.find(({ payerId }) => payerId === share.payerId),
      { relativeId: intoId },
    );
  }
  return { activities, changes };
}
