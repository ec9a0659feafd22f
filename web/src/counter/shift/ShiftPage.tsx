import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { signOut, useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useDevice, useStore } from '../store.ts';
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
      <Shift />
      <button type="button" className="button" onClick={() => void signOut()}>
        {frame.signOut}
      </button>
    </>
  );
}

type Unfinished = ItemOf<'GET /v1/counter/shifts'>;

function Shift() {
  const words = useWords(shiftWords);
  const device = useDevice();
  const store = useStore();
  const [closed, setClosed] = useState<string>();
  const [taken, setTaken] = useState<string>();
  // Once it is closed it is in no list any more, while its answer is still to come.
  const [closing, setClosing] = useState<string>();
  const query = { storeId: store.id, deviceId: device?.id };
  const { data, error } = useAsk('GET /v1/counter/shifts', { query });
  if (closed !== undefined) return <ClosedShift id={closed} onNext={() => setClosed(undefined)} />;
  if (error && !data) return <WhyNot error={error} />;
  if (!data) return <p className="soft">{words.loading}…</p>;
  const own = (state: Unfinished['state']) => data.items.find((one) => one.own && one.state === state);
  const shift = data.items.find(({ id }) => id === taken) ?? own('counted') ?? own('open');
  const toClose = closing ?? (shift?.state === 'counted' ? shift.id : undefined);
  const others = data.items.filter((one) => one !== shift);
  return (
    <>
      {toClose !== undefined ? (
        <CloseShift
          key={toClose}
          id={toClose}
          onClosing={() => setClosing(toClose)}
          onClosed={() => {
            setTaken(undefined);
            setClosing(undefined);
            setClosed(toClose);
          }}
        />
      ) : shift === undefined ? (
        <OpenShift />
      ) : (
        <Going key={shift.id} shift={shift} onCounted={() => setTaken(shift.id)} />
      )}
      <OtherShifts shifts={others} onTake={setTaken} />
    </>
  );
}

/** Shifts of this store that somebody left, or that are at another device: whoever works here may finish them. */
function OtherShifts({
  shifts,
  onTake,
}: {
  readonly shifts: readonly Unfinished[];
  readonly onTake: (id: string) => void;
}) {
  const words = useWords(shiftWords);
  const { timezone } = useSession().merchant;
  const locale = localeOf(useLanguage());
  if (shifts.length === 0) return null;
  return (
    <section>
      <h2>{words.unfinished}</h2>
      <ul className="plain-list entries">
        {shifts.map(({ id, state, openedAt, openedByName }) => (
          <li key={id}>
            <div className="entry-head">
              <strong>{openedByName ?? words.somebody}</strong>
              <span className="soft">{formatMoment(openedAt, locale, timezone)}</span>
              <span className={`mark ${state === 'open' ? 'good' : 'look'}`}>
                {state === 'open' ? words.going : words.toClose}
              </span>
            </div>
            <div className="entry-foot">
              <button type="button" className="choice" onClick={() => onTake(id)}>
                {state === 'open' ? words.take : words.finish}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Going({ shift, onCounted }: { readonly shift: Unfinished; readonly onCounted: () => void }) {
  const words = useWords(shiftWords);
  const [isCounting, setCounting] = useState(false);
  const { timezone } = useSession().merchant;
  const locale = localeOf(useLanguage());
  if (isCounting) return <CountShift id={shift.id} onCounted={onCounted} />;
  return (
    <>
      <p>
        <span className="mark good">{words.going}</span>
      </p>
      <dl className="pairs panel">
        {shift.own ? null : <Pair label={words.openedBy} value={shift.openedByName ?? words.somebody} />}
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
