import { useState } from 'react';
import { renderSVG } from 'uqr';
import { useAsk } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { Icon } from '../../ui/icons.tsx';
import { formatMoney } from '../../ui/money.ts';
import { useModal } from '../../ui/phone/modal.ts';
import { useSession } from '../../ui/session.ts';
import { formatCivil, formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import type { Entry } from '../till.ts';
import { receiptWords } from '../words.ts';

/** What the customer takes home: on paper, on their own phone, or sent. */
export function Receipt({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const words = useWords(receiptWords);
  const dialog = useModal();
  const lines = useLines(entry);
  const { name } = useSession().merchant;
  const [isQr, setQr] = useState(false);
  const link = useReceiptLink(entry);
  const text = [name, words[entry.kind], ...lines.map(([label, value]) => `${label}: ${value}`)].join('\n');
  return (
    <dialog ref={dialog} className="sheet" aria-label={words.title} onClose={onClose}>
      <div className="receipt">
        <h2>{name}</h2>
        <p>{words[entry.kind]}</p>
        <dl className="pairs">
          {lines.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {isQr ? <Qr text={link ?? text} label={words.showQr} /> : null}
        {isQr && link !== undefined ? <p className="soft">{words.link}</p> : null}
      </div>
      <div className="sheet-foot">
        <button type="button" className="button" onClick={() => print()}>
          <Icon name="print" /> {words.print}
        </button>
        <button type="button" className="button" aria-pressed={isQr} onClick={() => setQr(!isQr)}>
          {words.showQr}
        </button>
        {'share' in navigator ? (
          <button
            type="button"
            className="button"
            onClick={() =>
              void navigator
                .share({ title: words.title, text, ...(link === undefined ? {} : { url: link }) })
                .catch(() => undefined)
            }
          >
            {words.send}
          </button>
        ) : null}
        <button type="button" className="button grow" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </dialog>
  );
}

/** The public address of a receipt, which needs no sign-in and shows no code; undefined until the server gave it. */
function useReceiptLink({ id, kind, cards = 1 }: Entry): string | undefined {
  const { merchant } = useSession();
  // One sale of several cards has a receipt for each, and a gift for points has none; what is shown here is of all of it.
  const asked = useAsk(
    'GET /v1/receipts/{id}',
    { params: { id: id.replace(/^[a-z]+_/, 'act_') } },
    { enabled: cards === 1 && kind !== 'gift' },
  );
  return asked.data && `${location.origin}/counter/receipt/${merchant.id}/${asked.data.token}`;
}

/** A code as a picture: an image, so that nothing is written into the page as markup. */
function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderSVG(text))}`;
  return <img className="receipt-qr" src={source} alt={label} width={220} height={220} />;
}

function useLines(entry: Entry): readonly (readonly [string, string])[] {
  const words = useWords(receiptWords);
  const tenderName = useTenderName();
  const language = useLanguage();
  const locale = localeOf(language);
  const { timezone } = useSession().merchant;
  const stores = useAsk('GET /v1/stores', { query: { limit: 200 } });
  const store = stores.data?.items.find(({ id }) => id === entry.storeId)?.name ?? entry.storeId;
  const { amount, currency, balance, maskedCode, reference, at, tender, cards } = entry;
  const { item, validThrough, points, bonus = 0, ways = [] } = entry;
  const left = maskedCode === undefined ? words.left : words.balance;
  const lines: (readonly [string, string] | undefined)[] = [
    item === undefined ? undefined : [words.item, item[language] ?? item.zh],
    validThrough === undefined ? undefined : [words.validThrough, formatCivil(validThrough, locale)],
    points === undefined
      ? [words.amount, formatMoney(amount, currency, locale)]
      : [words.points, points.toLocaleString(locale)],
    bonus > 0 ? [words.bonus, formatMoney(bonus, currency, locale)] : undefined,
    balance === undefined ? undefined : [left, formatMoney(balance, currency, locale)],
    maskedCode === undefined ? undefined : [words.card, maskedCode],
    cards === undefined ? undefined : [words.cards, String(cards)],
    tender === undefined ? undefined : [words.tender, tenderName(tender)],
    ...ways.map((way) => [tenderName(way.tender), formatMoney(way.amount, currency, locale)] as const),
    [words.store, store],
    [words.time, formatMoment(at, locale, timezone)],
    [words.reference, reference],
  ];
  return lines.filter((line) => line !== undefined);
}
