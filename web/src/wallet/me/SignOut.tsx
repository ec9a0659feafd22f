import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { meWords } from './words.ts';

/** Out of here, or of every device that I am signed in on. */
export function SignOut() {
  const words = useWords(meWords);
  const { slug } = useMerchant();
  const [isAsking, setAsking] = useState(false);
  const out = useCommand('POST /v1/wallet/{slug}/sign-out');
  const leave = (everywhere: boolean) =>
    out.mutate(
      { params: { slug }, body: { everywhere } },
      // A new page remembers nothing of what was shown.
      { onSuccess: () => location.assign(`/wallet/${slug}`), onError: () => setAsking(false) },
    );
  return (
    <section className="group" aria-label={words.out}>
      <div className="row">
        <button type="button" className="button" disabled={out.isPending} onClick={() => leave(false)}>
          {words.outHere}
        </button>
        <button type="button" className="button" disabled={out.isPending} onClick={() => setAsking(true)}>
          {words.outEverywhere}
        </button>
      </div>
      <Why error={out.error} />
      {isAsking ? (
        <Confirm
          title={words.outEverywhereTitle}
          action={words.outEverywhere}
          busy={out.isPending}
          onConfirm={() => leave(true)}
          onClose={() => setAsking(false)}
        >
          <p>{words.outEverywhereWhy}</p>
        </Confirm>
      ) : null}
    </section>
  );
}
