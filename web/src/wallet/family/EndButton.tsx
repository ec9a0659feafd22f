import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';

type Props = {
  readonly id: string;
  readonly action: string;
  readonly title: string;
  readonly why: string;
};

/** Ends a share from either side, after asking once more. */
export function EndButton({ id, action, title, why }: Props) {
  const { slug } = useMerchant();
  const [isAsking, setAsking] = useState(false);
  const end = useCommand('POST /v1/wallet/{slug}/family/{id}/end');
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {action}
      </button>
      {isAsking ? (
        <Confirm
          title={title}
          action={action}
          busy={end.isPending}
          onConfirm={() => end.mutate({ params: { slug, id } }, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          <p>{why}</p>
          <Why error={end.error} />
        </Confirm>
      ) : null}
    </>
  );
}
