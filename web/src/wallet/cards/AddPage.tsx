import { useNavigate } from '@tanstack/react-router';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Titled } from '../kit/Titled.tsx';
import { CodeAndPin } from '../look/CodeAndPin.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { cardWords } from './words.ts';

/** Puts a card into the wallet by its code and PIN. */
export function AddPage() {
  const words = useWords(cardWords);
  return (
    <>
      <Titled title={words.add} up="" />
      <Members>
        <p className="soft">{words.addAbout}</p>
        <Adding />
      </Members>
    </>
  );
}

function Adding() {
  const words = useWords(cardWords);
  const { slug } = useMerchant();
  const navigate = useNavigate();
  const add = useCommand('POST /v1/wallet/{slug}/cards');
  return (
    <CodeAndPin
      action={words.add}
      busy={add.isPending}
      error={add.error}
      onGiven={(body) =>
        add.mutate(
          { params: { slug }, body },
          { onSuccess: ({ body: { cardId } }) => void navigate({ to: `/${slug}/cards/${cardId}` }) },
        )
      }
    />
  );
}
