import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { CardFace } from '../cards/CardFace.tsx';
import { Lines } from '../cards/Lines.tsx';
import { Titled } from '../kit/Titled.tsx';
import { useMerchant } from '../merchant.ts';
import { CodeAndPin } from './CodeAndPin.tsx';
import { lookWords } from './words.ts';

type Seen = AnswerOf<'POST /v1/wallet/{slug}/look'>;

/** What is on a paper card and what happened to it, for whoever has its code and PIN. */
export function LookPage() {
  const words = useWords(lookWords);
  const { slug } = useMerchant();
  const [seen, setSeen] = useState<Seen>();
  const look = useCommand('POST /v1/wallet/{slug}/look');
  if (seen) return <PaperCard seen={seen} onAnother={() => setSeen(undefined)} />;
  return (
    <>
      <Titled title={words.title} up="" />
      <p className="soft">{words.about}</p>
      <CodeAndPin
        action={words.look}
        busy={look.isPending}
        error={look.error}
        onGiven={(body) =>
          look.mutate({ params: { slug }, body }, { onSuccess: ({ body: card }) => setSeen(card) })
        }
      />
    </>
  );
}

function PaperCard({ seen, onAnother }: { readonly seen: Seen; readonly onAnother: () => void }) {
  const words = useWords(lookWords);
  const { slug } = useMerchant();
  return (
    <>
      <Titled title={words.title} up="" />
      <CardFace card={seen} />
      <div className="row">
        <button type="button" className="button" onClick={onAnother}>
          {words.another}
        </button>
        <Link to={`/${slug}/add`} className="button">
          {words.keep}
        </Link>
      </div>
      <Lines lines={seen.history} currency={seen.currency} />
    </>
  );
}
