import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { takeWords } from '../words.ts';

const looksBack = 20;

/** When, where and by whom a card was used before: what a customer at the counter disputes. */
export function LastUse({ cardId }: { readonly cardId: string }) {
  const words = useWords(takeWords);
  const locale = localeOf(useLanguage());
  const { merchant } = useSession();
  const enabled = useMay('cards.read');
  const query = { limit: looksBack };
  const history = useAsk('GET /v1/cards/{id}/activities', { params: { id: cardId }, query }, { enabled });
  const stores = useAsk('GET /v1/stores', { query: { limit: 200 } });
  const last = history.data?.items.find(({ redemptionId }) => redemptionId !== null);
  if (!last) return null;
  const where = stores.data?.items.find(({ id }) => id === last.storeId)?.name ?? last.storeId ?? '–';
  return (
    <section className="last-use">
      <h2>
        {words.usedHere}
        {last.amount === null ? '' : ` ${formatMoney(last.amount, merchant.currency, locale)}`}
      </h2>
      <dl className="pairs">
        <div>
          <dt>{words.at}</dt>
          <dd>{formatMoment(last.occurredAt, locale, merchant.timezone)}</dd>
        </div>
        <div>
          <dt>{words.where}</dt>
          <dd>{where}</dd>
        </div>
        <div>
          <dt>{words.by}</dt>
          <dd>{last.actorName ?? words.other}</dd>
        </div>
        {last.reference === null ? null : (
          <div>
            <dt>{words.reference}</dt>
            <dd className="mono">{last.reference}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
