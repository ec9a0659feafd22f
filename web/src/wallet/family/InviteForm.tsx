import { type FormEvent, useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { TermsFields } from './TermsFields.tsx';
import { noTerms, termsOf } from './terms.ts';
import { familyWords } from './words.ts';

/** Offers somebody to pay from my balance, by their phone number. */
export function InviteForm({ isFull, most }: { readonly isFull: boolean; readonly most: number }) {
  const words = useWords(familyWords);
  const { slug, currency } = useMerchant();
  const [isOpen, setOpen] = useState(false);
  const [phone, setPhone] = useState('');
  const [typed, setTyped] = useState(noTerms);
  const offer = useCommand('POST /v1/wallet/{slug}/family');
  const terms = termsOf(typed, currency);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!terms) return;
    offer.mutate(
      { params: { slug }, body: { phone, ...terms } },
      {
        onSuccess: () => {
          setPhone('');
          setTyped(noTerms);
          setOpen(false);
        },
      },
    );
  };
  return (
    <section aria-label={words.invite} className="family">
      {offer.isSuccess && !isOpen ? (
        <p className="note good" role="status">
          {words.sent}
        </p>
      ) : null}
      {isFull ? <p className="soft">{words.full(String(most))}</p> : null}
      {isFull || isOpen ? null : (
        <button type="button" className="button main wide" onClick={() => setOpen(true)}>
          {words.invite}
        </button>
      )}
      {isOpen && !isFull ? (
        <form className="code-box" onSubmit={send}>
          <div className="field">
            <label htmlFor="family-phone">{words.phone}</label>
            <input
              id="family-phone"
              className="input"
              type="tel"
              autoComplete="off"
              maxLength={40}
              value={phone}
              onChange={({ target }) => setPhone(target.value)}
            />
          </div>
          <TermsFields id="family-new" value={typed} onChange={setTyped} />
          <Why error={offer.error} />
          <button
            type="submit"
            className="button main wide"
            disabled={!terms || phone.trim() === '' || offer.isPending}
          >
            {words.send}
          </button>
        </form>
      ) : null}
    </section>
  );
}
