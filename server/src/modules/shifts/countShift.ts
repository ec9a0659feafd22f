import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { type Shift, shiftAnswer, shiftById, shifts } from './shift.ts';

type CountShiftInput = { readonly id: string; readonly amount: bigint };

/** Notes what is in the drawer, once, before anybody at the counter is told what should be. The takings end with it. */
export const countShift = useCase({
  name: 'shift.count',
  permission: 'shifts.work',
  movesValue: false,
  needs: ({ id }: CountShiftInput, find) => ({ shift: find.one(shiftById, id) }),
  ownerStoreOf: ({ shift }) => shift?.storeId,
  decide({ shift }, { amount }, context) {
    if (!shift) return refused('shift_not_found');
    if (shift.state !== 'open') return refused('shift_not_open');
    const counted: Shift = {
      ...shift,
      state: 'counted',
      counted: amount,
      countedAt: context.now,
      countedSeq: context.seq(),
      countedBy: context.actor.id,
    };
    const { storeId, currency } = shift;
    return accepted({
      activities: [{ type: 'shift.counted', subjectId: shift.id, storeId, amount, details: { currency } }],
      changes: [put(shifts, counted)],
      result: shiftAnswer(counted),
    });
  },
});
