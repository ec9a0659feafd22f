import { useWords } from '../../ui/words.ts';
import { Titled } from '../kit/Titled.tsx';
import { useMember } from '../member.ts';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { useAwake } from './awake.ts';
import { usePaymentCode } from './paymentCode.ts';
import { ShownCode } from './ShownCode.tsx';
import { payWords } from './words.ts';

/** What is held out to the clerk so that the counter knows who it is and shows what they have. */
export function MemberCodePage() {
  const words = useWords(payWords);
  return (
    <>
      <Titled title={words.memberTitle} up="/club" />
      <Members>
        <Code />
      </Members>
    </>
  );
}

function Code() {
  const words = useWords(payWords);
  const { slug } = useMerchant();
  const { cardNumber } = useMember();
  const shown = usePaymentCode(slug, undefined, undefined);
  useAwake();
  return (
    <div className="pay">
      <p>{words.memberShow}</p>
      <ShownCode {...shown} label={words.memberAlt} />
      {cardNumber === null ? null : (
        <p>
          <span className="soft">{words.cardNumber}</span> <strong className="mono">{cardNumber}</strong>
        </p>
      )}
      <p className="soft">{words.bright}</p>
    </div>
  );
}
