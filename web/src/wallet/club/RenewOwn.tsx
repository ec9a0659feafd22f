import { useState } from 'react';
import { type AnswerOf, newKey, Unanswered } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { formatCivil } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import type { Overview } from './overview.ts';
import { clubWords } from './words.ts';

type Renewal = NonNullable<Overview['renewal']>;

/** Renews my card out of what I have prepaid, at the store where it was last paid for. */
export function RenewOwn({ renewal }: { readonly renewal: Renewal }) {
  const words = useWords(clubWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const { data } = useAsk('GET /v1/wallet/{slug}/stored-value', { params: { slug } });
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState<string>();
  if (!data) return null;
  const left = formatMoney(data.balance.total, data.currency, locale);
  const isShort = data.balance.total < renewal.price;
  return (
    <>
      {done === undefined ? null : (
        <p className="note good" role="status">
          {words.renewed(formatCivil(done, locale))}
        </p>
      )}
      {isShort ? (
        <p className="soft">{words.renewShort(left)}</p>
      ) : (
        <button type="button" className="button wide" onClick={() => setAsking(true)}>
          {words.renewNow}
        </button>
      )}
      {isAsking ? (
        <Asking renewal={renewal} left={left} onDone={setDone} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

type Sold = AnswerOf<'POST /v1/wallet/{slug}/membership/renewals'>;
type AskingProps = {
  readonly renewal: Renewal;
  readonly left: string;
  readonly onDone: (lastDay: Sold['lastDay']) => void;
  readonly onClose: () => void;
};

function Asking({ renewal: { price, currency, lastDay }, left, onDone, onClose }: AskingProps) {
  const words = useWords(clubWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  // One key until the outcome is known: asked again after a lost answer, it is the same renewal.
  const [idempotencyKey, setKey] = useState(newKey);
  const renew = useCommand('POST /v1/wallet/{slug}/membership/renewals');
  const confirm = () =>
    renew.mutate(
      { params: { slug }, body: { amount: price }, idempotencyKey },
      {
        onSuccess: ({ body }) => {
          onDone(body.lastDay);
          onClose();
        },
        onError: (error) => {
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  return (
    <Confirm
      title={words.renewTitle(formatMoney(price, currency, locale))}
      action={words.renewNow}
      busy={renew.isPending}
      onConfirm={confirm}
      onClose={onClose}
      isGood
    >
      <p>{words.renewWhy(formatCivil(lastDay, locale), left)}</p>
      <Why error={renew.error} />
    </Confirm>
  );
}
