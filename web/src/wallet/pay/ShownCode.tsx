import { renderSVG } from 'uqr';
import { useOnline } from '../../ui/phone/online.ts';
import { useWords } from '../../ui/words.ts';
import { Why } from '../kit/Why.tsx';
import type { usePaymentCode } from './paymentCode.ts';
import { payWords } from './words.ts';

type Props = ReturnType<typeof usePaymentCode> & { readonly label: string };

/** A code for the clerk to scan, how long it is still shown, and why there is none. */
export function ShownCode({ code, secondsLeft, error, label }: Props) {
  const words = useWords(payWords);
  const isOnline = useOnline();
  return (
    <>
      {code === undefined ? (
        <div className="pay-none" role="status">
          {isOnline ? error === null ? `${words.making}…` : <Why error={error} /> : null}
        </div>
      ) : (
        <Qr code={code} label={label} />
      )}
      {isOnline ? null : (
        <div className="note look" role="alert">
          <strong>{words.offline}</strong>
          <p>{words.offlineWhy}</p>
        </div>
      )}
      {code !== undefined && isOnline ? (
        <p className="pay-next">
          <meter min={0} max={30} value={secondsLeft} aria-hidden="true" />
          <span role="timer">{words.nextIn(secondsLeft)}</span>
        </p>
      ) : null}
    </>
  );
}

/** As a picture, so that nothing is written into the page as markup. */
function Qr({ code, label }: { readonly code: string; readonly label: string }) {
  const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderSVG(code, { border: 2 }))}`;
  return <img className="pay-qr" src={source} alt={label} />;
}
