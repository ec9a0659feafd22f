import { useState } from 'react';
import { useWords } from '../../ui/words.ts';
import { Titled } from '../kit/Titled.tsx';
import { Members } from '../signin/Members.tsx';
import { ByCard } from './ByCard.tsx';
import { ByGiftCard } from './ByGiftCard.tsx';
import { ByPayment } from './ByPayment.tsx';
import { topUpWords } from './words.ts';

const ways = ['byCard', 'byGiftCard', 'byPayment'] as const;

/** Puts money on the wallet: by a recharge card, by what is on a gift card, or by paying online. */
export function TopUpPage() {
  const words = useWords(topUpWords);
  const [way, setWay] = useState<(typeof ways)[number]>('byCard');
  return (
    <>
      <Titled title={words.title} up="/balance" />
      <Members>
        <fieldset className="choices" aria-label={words.how}>
          {ways.map((one) => (
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
      </Members>
    </>
  );
}
