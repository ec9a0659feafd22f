import { Link } from '@tanstack/react-router';
import { useLanguage, useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import { shopWords } from './words.ts';

/** Whom to turn to, and what was agreed. */
export function ShopPage() {
  const words = useWords(shopWords);
  const language = useLanguage();
  const { slug, name, contact, terms, termsVersion } = useMerchant();
  const { phone, email, address } = contact;
  const text = terms[language] ?? terms.zh ?? terms.en;
  const isNone = phone === null && email === null && address === null;
  return (
    <>
      <h1>{name}</h1>
      <section aria-labelledby="contact">
        <h2 id="contact">{words.contact}</h2>
        {isNone ? <p className="soft">{words.none}</p> : null}
        <dl className="pairs">
          {phone === null ? null : (
            <div>
              <dt>{words.phone}</dt>
              <dd>
                <a href={`tel:${phone}`}>{phone}</a>
              </dd>
            </div>
          )}
          {email === null ? null : (
            <div>
              <dt>{words.email}</dt>
              <dd>
                <a href={`mailto:${email}`}>{email}</a>
              </dd>
            </div>
          )}
          {address === null ? null : (
            <div>
              <dt>{words.address}</dt>
              <dd>{address}</dd>
            </div>
          )}
        </dl>
      </section>
      <Link to={`/${slug}/complaints`} className="button wide">
        {words.complain}
      </Link>
      <section aria-labelledby="terms">
        <h2 id="terms">{words.terms}</h2>
        {text === null ? null : <p className="soft">{words.version(termsVersion)}</p>}
        <p className="terms-text">{text ?? words.noTerms}</p>
      </section>
    </>
  );
}
