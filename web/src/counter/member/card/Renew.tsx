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

type Props = PanelProps & {
  readonly membership: NonNullable<Overview['membership']>;
  readonly renewal: NonNullable<Overview['renewal']>;
};

/** Another span of the card there is, as the server reckons its last day and its price. */
export function Renew({ membership, renewal, picture, onDone, onStale }: Props) {
  const words = useWords(cardPanelWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const deed = useSold();
  const once = useOnce('POST /v1/memberships/{id}/renew', 'M');
  const { price: due, currency, lastDay } = renewal;
  const pay = (tender: FeeTender) =>
    once.run(
      {
        params: { id: membership.id },
        body: { storeId: store.id, ...paymentOf(due, tender, once.reference, picture.code) },
      },
      (sold) => onDone(deed({ kind: 'renewal', sold, due, currency, tender, reference: once.reference })),
    );
  return (
    <>
      <p>{words.through(formatCivil(lastDay, locale))}</p>
      <PayFee
        due={due}
        currency={currency}
        once={once}
        say={words.renewFor}
        free={words.renewFree}
        picture={picture}
        onStale={onStale}
        sayWallet={words.renewWallet}
        onPay={pay}
      />
    </>
  );
}
