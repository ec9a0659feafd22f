import { useState } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Titled } from '../kit/Titled.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { ByCard } from './ByCard.tsx';
import { ByGiftCard } from './ByGiftCard.tsx';
import { ByPayment } from './ByPayment.tsx';
import { topUpWords } from './words.ts';

const ways = ['byCard', 'byGiftCard', 'byPayment'] as const;

/** Puts money on the wallet: by a recharge card, by what is on a gift card, or by paying online. */
export function TopUpPage() {
  const words = useWords(topUpWords);
  return (
    <>
      <Titled title={words.title} up="/balance" />
      <Members>
        <Ways />
      </Members>
    </>
  );
}

/** Paying online is no choice where the merchant takes no payments so. */
function Ways() {
  const words = useWords(topUpWords);
  const { slug } = useMerchant();
  const [way, setWay] = useState<(typeof ways)[number]>('byCard');
  const { data } = useAsk('GET /v1/wallet/{slug}/payment-channels', { params: { slug } });
  const offered = ways.filter((one) => one !== 'byPayment' || (data?.items.length ?? 0) > 0);
  return (
    <>
      <fieldset className="choices" aria-label={words.how}>
        {offered.map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === way}
            onClick={() => setWay(one)}
          >
            {words[one]}
          </button>
        ))}
      </fieldset>
      {way === 'byCard' ? <ByCard /> : null}
      {way === 'byGiftCard' ? <ByGiftCard /> : null}
      {way === 'byPayment' ? <ByPayment /> : null}
    </>
  );
}
