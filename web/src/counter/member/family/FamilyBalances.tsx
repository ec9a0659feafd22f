import { formatMoney } from '../../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import type { Picture } from '../picture.ts';
import { payerName } from './payer.ts';
import { familyWords } from './words.ts';

/** Wallets of relatives that a member may pay from: how much, and nothing else of them. */
export function FamilyBalances({ picture: { family, currency } }: { readonly picture: Picture }) {
  const words = useWords(familyWords);
  const locale = localeOf(useLanguage());
  const money = (amount: number) => formatMoney(amount, currency, locale);
  if (family.length === 0) return null;
  return (
    <section className="panel family-balances" aria-labelledby="family-balances">
      <h2 id="family-balances">{words.title}</h2>
      <ul className="plain-list">
        {family.map((share) => (
          <li key={share.id}>
            <span>{words.of(payerName(share))}</span>
            <strong className="money">
              {share.spendable === null ? '' : words.canPay(money(share.spendable))}
            </strong>
            <span className="soft family-limits">
              {[
                ...(share.spendable === null ? [words.withCode] : []),
                ...(share.paymentMax === null ? [] : [words.atOnce(money(share.paymentMax))]),
                ...(share.leftToday === null ? [] : [words.leftToday(money(share.leftToday))]),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
