import { useState } from 'react';
import { formatMoney } from '../../../ui/money.ts';
import { formatCivil } from '../../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useStore } from '../../store.ts';
import { useOnce } from '../once.ts';
import type { PanelProps } from '../picture.ts';
import type { FeeTender } from '../TenderChoice.tsx';
import type { Overview } from './overview.ts';
import { PayFee } from './PayFee.tsx';
import { paymentOf, useSold } from './sold.ts';
import { cardPanelWords } from './words.ts';

type Offer = Overview['upgrades'][number];
type Props = PanelProps & {
  readonly membership: NonNullable<Overview['membership']>;
  readonly upgrades: readonly Offer[];
};

/** Another card in the place of the one there is: its price less what is not used up, as the server reckons it. */
export function Upgrade({ upgrades, ...rest }: Props) {
  const words = useWords(cardPanelWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const { currency } = rest.picture;
  const [planId, setPlan] = useState<string>();
  const offer = upgrades.find(({ plan }) => plan.id === planId);
  return (
    <>
      <fieldset className="choices picks" aria-label={words.which}>
        {upgrades.map(({ plan, due, lastDay }) => (
          <button
            key={plan.id}
            type="button"
            className="pick"
            aria-pressed={plan.id === planId}
            onClick={() => setPlan(plan.id)}
          >
            <strong>{plan.name[language]}</strong>
            <strong className="money">{formatMoney(due, currency, locale)}</strong>
            <span className="soft">{words.through(formatCivil(lastDay, locale))}</span>
          </button>
        ))}
      </fieldset>
      {offer ? <PayUpgrade key={offer.plan.id} offer={offer} {...rest} /> : null}
    </>
  );
}

type PayProps = Omit<Props, 'upgrades'> & { readonly offer: Offer };

function PayUpgrade({ membership, offer, picture, onDone, onStale }: PayProps) {
  const { currency } = picture;
  const words = useWords(cardPanelWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const deed = useSold();
  const once = useOnce('POST /v1/memberships/{id}/upgrade', 'M');
  const { plan, price, credit, due } = offer;
  const pay = (tender: FeeTender) =>
    once.run(
      {
        params: { id: membership.id },
        body: { planId: plan.id, storeId: store.id, ...paymentOf(due, tender, once.reference, picture.code) },
      },
      (sold) => onDone(deed({ kind: 'upgrade', sold, due, currency, tender, reference: once.reference })),
    );
  return (
    <>
      <dl className="pairs">
        <div>
          <dt>{words.price}</dt>
          <dd className="money">{formatMoney(price, currency, locale)}</dd>
        </div>
        <div>
          <dt>{words.credit}</dt>
          <dd className="money">{formatMoney(-credit, currency, locale)}</dd>
        </div>
      </dl>
      <PayFee
        due={due}
        currency={currency}
        once={once}
        say={words.upgradeFor}
        free={words.upgrade}
        picture={picture}
        onStale={onStale}
        sayWallet={words.upgradeWallet}
        onPay={pay}
      />
    </>
  );
}
