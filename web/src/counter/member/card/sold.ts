import type { AnswerOf } from '../../../api/client.ts';
import { formatMoney } from '../../../ui/money.ts';
import { formatCivil } from '../../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useStore } from '../../store.ts';
import type { MemberDeed } from '../picture.ts';
import type { FeeTender } from '../TenderChoice.tsx';
import { memberWords } from '../words.ts';
import { cardPanelWords } from './words.ts';

type Sold = AnswerOf<'POST /v1/memberships/{id}/renew'>;
type Sale = {
  readonly kind: 'membership' | 'renewal' | 'upgrade';
  readonly sold: Sold;
  readonly due: number;
  readonly currency: string;
  readonly tender: FeeTender;
  readonly reference: string;
};

/** What was paid, as the server is told: nothing is said of nothing. */
export function paymentOf(due: number, tender: FeeTender, reference: string, code: string | undefined) {
  if (due === 0) return {};
  return { payment: { tender, amount: due, ...(tender === 'wallet' ? { code } : { reference }) } };
}

/** Says what was sold: what was paid, which card, and how long it is good. */
export function useSold(): (sale: Sale) => MemberDeed {
  const words = useWords(cardPanelWords);
  const member = useWords(memberWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const store = useStore();
  const titles = { membership: words.sold, renewal: words.renewed, upgrade: words.upgraded };
  return ({ kind, sold, due, currency, tender, reference }) => ({
    title: titles[kind],
    figure: formatMoney(due, currency, locale),
    note: [
      words.soldNote(sold.plan.name[language], formatCivil(sold.lastDay, locale)),
      ...(sold.balance === null ? [] : [member.leftOn(formatMoney(sold.balance.total, currency, locale))]),
    ].join(' · '),
    entry: {
      id: sold.activityId,
      kind,
      at: new Date().toISOString(),
      amount: due,
      currency,
      reference,
      storeId: store.id,
      tender: due === 0 ? undefined : tender,
      balance: sold.balance?.total,
      item: sold.plan.name,
      validThrough: sold.lastDay,
    },
  });
}
