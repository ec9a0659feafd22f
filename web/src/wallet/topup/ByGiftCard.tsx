import { useRef, useState } from 'react';
import { type AnswerOf, type BodyOf, newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { CodeAndPin } from '../look/CodeAndPin.tsx';
import { useMerchant } from '../merchant.ts';
import { Credited } from './Credited.tsx';
import { topUpWords } from './words.ts';

type Loaded = AnswerOf<'POST /v1/wallet/{slug}/gift-cards/load'>;
type Given = BodyOf<'POST /v1/wallet/{slug}/gift-cards/load'>;

/** Moves all that is on a gift card to the wallet, by its code and PIN. */
export function ByGiftCard() {
  const words = useWords(topUpWords);
  const { slug } = useMerchant();
  const [loaded, setLoaded] = useState<Loaded>();
  const load = useCommand('POST /v1/wallet/{slug}/gift-cards/load');
  // The same card asked for again after a lost answer is the same move.
  const asked = useRef<{ readonly of: string; readonly key: string }>(undefined);
  const send = (body: Given) => {
    const of = JSON.stringify(body);
    const key = asked.current?.of === of ? asked.current.key : newKey();
    asked.current = { of, key };
    load.mutate(
      { params: { slug }, body, idempotencyKey: key },
      {
        onSuccess: ({ body: answer }) => setLoaded(answer),
        onSettled: (_answer, error) => {
          if (!(error instanceof Unanswered)) asked.current = undefined;
        },
      },
    );
  };
  if (loaded)
    return (
      <Credited
        amount={loaded.amount}
        bonus={0}
        currency={loaded.currency}
        onMore={() => {
          load.reset();
          setLoaded(undefined);
        }}
      />
    );
  return (
    <>
      <p className="soft">{words.giftCardAbout}</p>
      <CodeAndPin action={words.load} busy={load.isPending} error={load.error} onGiven={send} />
    </>
  );
}
