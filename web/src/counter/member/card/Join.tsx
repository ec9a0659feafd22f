import { useState } from 'react';
import type { AnswerOf, ItemOf } from '../../../api/client.ts';
import { useAsk } from '../../../ui/asking.ts';
import { discountText } from '../../../ui/members/discount.ts';
import { membershipWords } from '../../../ui/members/words.ts';
import { formatMoney } from '../../../ui/money.ts';
import { formatCivil } from '../../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useStore } from '../../store.ts';
import { Bad } from '../Bad.tsx';
import { useOnce } from '../once.ts';
import type { PanelProps } from '../picture.ts';
import type { FeeTender } from '../TenderChoice.tsx';
import { PayFee } from './PayFee.tsx';
import { paymentOf, useSold } from './sold.ts';
import { cardPanelWords } from './words.ts';

type Plan = ItemOf<'GET /v1/membership-plans'>;
type Term = AnswerOf<'GET /v1/membership-plans/{id}/term'>;

/** Sells a card type: which, from which day, to which day that is good, and what is paid for it. */
export function Join(props: PanelProps) {
  const words = useWords(cardPanelWords);
  const { data, error } = useAsk('GET /v1/membership-plans', { query: { limit: 200 } });
  const [planId, setPlan] = useState<string>();
  if (!data)
    return error ? (
      <Bad error={error} />
    ) : (
      <p className="soft" role="status">
        {words.loading}…
      </p>
    );
  const plans = data.items.filter(({ state }) => state === 'active');
  const plan = plans.find(({ id }) => id === planId);
  if (plans.length === 0) return <p className="note">{words.noPlans}</p>;
  return (
    <>
      <fieldset className="choices picks" aria-label={words.which}>
        {plans.map((one) => (
          <PlanPick key={one.id} plan={one} isChosen={one.id === planId} onChoose={() => setPlan(one.id)} />
        ))}
      </fieldset>
      {plan ? <SellPlan key={plan.id} plan={plan} {...props} /> : null}
    </>
  );
}

type PickProps = { readonly plan: Plan; readonly isChosen: boolean; readonly onChoose: () => void };

function PlanPick({ plan, isChosen, onChoose }: PickProps) {
  const words = useWords(cardPanelWords);
  const units = useWords(membershipWords);
  const language = useLanguage();
  const { span, discount, price, currency, name } = plan;
  const off = discountText(discount.ppm, language) ?? words.noDiscount;
  const more = discount.walletPpm === null ? undefined : discountText(discount.walletPpm, language);
  return (
    <button type="button" className="pick" aria-pressed={isChosen} onClick={onChoose}>
      <strong>{name[language]}</strong>
      <strong className="money">{formatMoney(price, currency, localeOf(language))}</strong>
      <span className="soft">
        {units[span.unit](span.count)} · {off}
        {more === undefined || more === off ? '' : ` · ${words.byWallet(more)}`}
      </span>
    </button>
  );
}

function SellPlan({ plan, picture, onDone, onStale }: PanelProps & { readonly plan: Plan }) {
  const words = useWords(cardPanelWords);
  const store = useStore();
  const deed = useSold();
  const [firstDay, setFirstDay] = useState('');
  const once = useOnce('POST /v1/memberships', 'M');
  const {
    data: term,
    error,
    isPlaceholderData,
  } = useAsk('GET /v1/membership-plans/{id}/term', {
    params: { id: plan.id },
    query: firstDay === '' ? {} : { firstDay },
  });
  const sell = ({ price: due, currency }: Term, tender: FeeTender) => {
    const { reference } = once;
    const begins = firstDay === '' ? {} : { firstDay };
    const body = {
      memberId: picture.member.id,
      planId: plan.id,
      storeId: store.id,
      ...begins,
      ...paymentOf(due, tender, reference, picture.code),
    };
    once.run({ body }, (sold) =>
      onDone(deed({ kind: 'membership', sold, due, currency, tender, reference })),
    );
  };
  return (
    <>
      <div className="field">
        <label htmlFor="first-day">{words.firstDay}</label>
        <input
          id="first-day"
          type="date"
          className="input"
          value={firstDay === '' ? (term?.firstDay ?? '') : firstDay}
          onChange={({ target }) => {
            setFirstDay(target.value);
            once.renew();
          }}
        />
      </div>
      <Bad error={error} />
      {term && error === null ? (
        <>
          <Valid term={term} />
          <PayFee
            due={term.price}
            currency={term.currency}
            once={once}
            isUnready={isPlaceholderData}
            say={words.sell}
            free={words.sellFree}
            picture={picture}
            onStale={onStale}
            sayWallet={words.sellWallet}
            onPay={(tender) => sell(term, tender)}
          />
        </>
      ) : null}
    </>
  );
}

function Valid({ term: { firstDay, lastDay } }: { readonly term: Term }) {
  const words = useWords(cardPanelWords);
  const locale = localeOf(useLanguage());
  return (
    <dl className="pairs">
      <div>
        <dt>{words.validity}</dt>
        <dd>{words.fromTo(formatCivil(firstDay, locale), formatCivil(lastDay, locale))}</dd>
      </div>
    </dl>
  );
}
