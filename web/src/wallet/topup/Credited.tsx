import { Link } from '@tanstack/react-router';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import { topUpWords } from './words.ts';

type Props = {
  /** With what was given. */
  readonly amount: number;
  readonly bonus: number;
  readonly currency: string;
  readonly onMore: () => void;
};

/** What came onto the wallet, and where to go from there. */
export function Credited({ amount, bonus, currency, onMore }: Props) {
  const words = useWords(topUpWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  return (
    <section className="note good pay-done" role="status">
      <strong>{words.credited}</strong>
      <p className="top-up-figure">{formatMoney(amount, currency, locale)}</p>
      {bonus > 0 ? <p>{words.creditedMore(formatMoney(bonus, currency, locale))}</p> : null}
      <button type="button" className="button" onClick={onMore}>
        {words.more}
      </button>
      <Link to={`/${slug}/balance`} className="button main">
        {words.home}
      </Link>
    </section>
  );
}
