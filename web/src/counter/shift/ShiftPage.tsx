import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { signOut, useMay, useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useDevice } from '../store.ts';
import { setCountedShift, useTill } from '../till.ts';
import { WhyNot } from '../WhyNot.tsx';
import { counterWords } from '../words.ts';
import { CountShift, OpenShift } from './CashForms.tsx';
import { ClosedShift, CloseShift } from './CloseShift.tsx';
import { Pair } from './Pair.tsx';
import { shiftWords } from './words.ts';

/** Opens, counts and closes a shift. Its cash is counted before anybody here knows what it should be. */
export function ShiftPage() {
  const words = useWords(shiftWords);
  const frame = useWords(counterWords);
  return (
    <>
      <h1>{words.title}</h1>
      {useMay('shifts.work') ? <Shift /> : <p className="note">{words.notYours}</p>}
      <button type="button" className="button" onClick={() => void signOut()}>
        {frame.signOut}
      </button>
    </>
  );
}

function Shift() {
  const words = useWords(shiftWords);
  const { countedShift } = useTill();
  const device = useDevice();
  const [closed, setClosed] = useState<string>();
  const { data, error } = useAsk('GET /v1/counter/shift', { query: { deviceId: device?.id } });
  if (closed !== undefined) return <ClosedShift id={closed} onNext={() => setClosed(undefined)} />;
  if (countedShift !== undefined)
    return (
      <CloseShift
        id={countedShift}
        onClosed={() => {
          setClosed(countedShift);
          setCountedShift(undefined);
        }}
      />
    );
  if (error && !data) return <WhyNot error={error} />;
  if (!data) return <p className="soft">{words.loading}…</p>;
  return data.shift === null ? <OpenShift /> : <Going shift={data.shift} />;
}

type Going = NonNullable<AnswerOf<'GET /v1/counter/shift'>['shift']>;

function Going({ shift }: { readonly shift: Going }) {
  const words = useWords(shiftWords);
  const [isCounting, setCounting] = useState(false);
  const { timezone } = useSession().merchant;
  const locale = localeOf(useLanguage());
  if (isCounting) return <CountShift id={shift.id} onCounted={() => setCountedShift(shift.id)} />;
  return (
    <>
      <p>
        <span className="mark good">{words.going}</span>
      </p>
      <dl className="pairs panel">
        <Pair label={words.openedAt} value={formatMoment(shift.openedAt, locale, timezone)} />
        <Pair label={words.float} value={formatMoney(shift.openingFloat, shift.currency, locale)} />
      </dl>
      <p className="note">{words.blindWhy}</p>
      <button type="button" className="button main" onClick={() => setCounting(true)}>
        {words.count}
      </button>
    </>
  );
}
