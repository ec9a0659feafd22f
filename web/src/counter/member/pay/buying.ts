import { type AnswerOf, type BodyOf, Refused } from '../../../api/client.ts';
import { useCommand } from '../../../ui/asking.ts';
import { formatMoney } from '../../../ui/money.ts';
import { signal } from '../../../ui/phone/signals.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useStore } from '../../store.ts';
import { useAttempt } from '../attempt.ts';
import { familyWords } from '../family/words.ts';
import type { MemberDeed, PanelProps } from '../picture.ts';
import type { StoreTender } from '../TenderChoice.tsx';
import { memberWords } from '../words.ts';
import type { Bill } from './bill.ts';

type Order = {
  readonly bill: Bill;
  /** By what the store takes what neither the wallet nor points pay. */
  readonly rest: StoreTender;
  readonly lines: BodyOf<'POST /v1/purchases'>['lines'];
  readonly couponId: string | undefined;
  readonly payerId: string | undefined;
};
type Paid = AnswerOf<'POST /v1/purchases'>;

/** Sells a basket by a bill, once however often it is asked. */
export function useBuying({ member, balance, currency, code }: PanelProps['picture'], onStale: () => void) {
  const store = useStore();
  const { key, reference, renew, failed } = useAttempt('P');
  const deed = usePaidDeed(currency, balance === null);
  const buy = useCommand('POST /v1/purchases');
  const pay = (order: Order, onPaid: (deed: MemberDeed) => void) => {
    const { lines, couponId, payerId } = order;
    const tenders = tendersOf(order, code);
    const body = { storeId: store.id, memberId: member.id, reference, lines, couponId, tenders };
    buy.mutate(
      { body, idempotencyKey: key },
      {
        onSuccess: ({ body: paid }) => {
          signal('good');
          renew();
          onPaid(deed(paid, reference, payerId !== undefined));
        },
        onError: (problem) => {
          failed(problem);
          if (problem instanceof Refused && problem.code.startsWith('payment_code_')) onStale();
        },
      },
    );
  };
  return { pay, error: buy.error, isBusy: buy.isPending };
}

/** Points first, then the wallet: what goes back of it goes to what the store took first. */
function tendersOf(
  { bill: { points, wallet, rest: amount }, rest, payerId }: Order,
  code: string | undefined,
): BodyOf<'POST /v1/purchases'>['tenders'] {
  return [
    ...(points === null ? [] : [{ kind: 'points' as const, points: points.points }]),
    ...(wallet > 0 ? [{ kind: 'wallet' as const, amount: wallet, code, payerId }] : []),
    ...(amount > 0 ? [{ kind: 'money' as const, tender: rest, amount }] : []),
  ];
}

/** Says what was paid: what is left on the wallet, where that is not hidden, and the points that came of it. */
function usePaidDeed(currency: string, isHidden: boolean) {
  const words = useWords(memberWords);
  const family = useWords(familyWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const money = (amount: number) => formatMoney(amount, currency, locale);
  return (paid: Paid, reference: string, byFamily: boolean): MemberDeed => {
    const isShown = paid.balance !== null && !isHidden && !byFamily;
    const ways = paid.tenders.map(({ tender, amount }) => ({ tender, amount }));
    return {
      title: words.paid,
      figure: money(paid.due),
      note: [
        ...(byFamily ? [family.paid] : []),
        ...(isShown && paid.balance ? [words.leftOn(money(paid.balance.total))] : []),
        ...(paid.earned > 0 ? [words.earned(paid.earned.toLocaleString(locale))] : []),
      ].join(' · '),
      entry: {
        id: paid.id,
        kind: 'purchase',
        at: paid.createdAt,
        amount: paid.due,
        currency,
        reference,
        storeId: store.id,
        balance: isShown ? paid.balance?.total : undefined,
        tender: ways.length === 1 ? ways[0]?.tender : undefined,
        ways: ways.length > 1 ? ways : undefined,
      },
    };
  };
}
