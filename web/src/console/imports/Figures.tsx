import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Money } from '../kit/columns.tsx';
import { Panel } from '../kit/Page.tsx';
import type { Import } from './ImportState.tsx';
import { resultWords } from './words.ts';

function Figure({ label, big = false, children }: FigureProps) {
  return (
    <div className={big ? 'figure big' : 'figure'}>
      <span className="soft">{label}</span>
      <strong>{children}</strong>
    </div>
  );
}
type FigureProps = { readonly label: string; readonly big?: boolean; readonly children: ReactNode };

function Count({ of }: { readonly of: number }) {
  const locale = localeOf(useLanguage());
  return <span className="money">{of.toLocaleString(locale)}</span>;
}

type SumsOf = Pick<Import['found'], 'principal' | 'bonus' | 'points'>;

/** Sums of members; goods have none. */
export function Sums({ one, sums }: { readonly one: Import; readonly sums: SumsOf }) {
  const words = useWords(resultWords);
  const { kind, currency } = one;
  if (kind === 'goods') return null;
  return (
    <>
      <Figure label={words.principal}>
        <Money amount={sums.principal} currency={currency} />
      </Figure>
      <Figure label={words.bonus}>
        <Money amount={sums.bonus} currency={currency} />
      </Figure>
      <Figure label={words.points}>
        <Count of={sums.points} />
      </Figure>
    </>
  );
}

/** What looking through the file found. */
export function Found({ one }: { readonly one: Import }) {
  const words = useWords(resultWords);
  const { found } = one;
  return (
    <Panel title={words.found}>
      <div className="figures">
        <Figure label={words.good} big>
          <Count of={found.good} />
        </Figure>
        <Figure label={words.known}>
          <Count of={found.known} />
        </Figure>
        <Figure label={words.bad}>
          <Count of={found.bad} />
        </Figure>
        <Sums one={one} sums={found} />
      </div>
      {found.bad === 0 ? <p className="mark good between">{words.allGood}</p> : null}
    </Panel>
  );
}

/** What applying it came to, as far as it is. */
export function Became({ one }: { readonly one: Import }) {
  const words = useWords(resultWords);
  const { became } = one;
  return (
    <Panel title={words.became}>
      <div className="figures">
        <Figure label={words.created} big>
          <Count of={became.created} />
        </Figure>
        <Figure label={words.updated}>
          <Count of={became.updated} />
        </Figure>
        <Figure label={words.skipped}>
          <Count of={became.skipped} />
        </Figure>
        {became.refused > 0 ? (
          <Figure label={words.refused}>
            <Count of={became.refused} />
          </Figure>
        ) : null}
        <Sums one={one} sums={became} />
      </div>
    </Panel>
  );
}

/** What was taken back, and what could not be. */
export function TakenBack({ one }: { readonly one: Import }) {
  const words = useWords(resultWords);
  const { takenBack, currency } = one;
  const { missingPrincipal, missingBonus, missingPoints } = takenBack;
  const money = missingPrincipal + missingBonus;
  return (
    <Panel title={words.takenBack}>
      {money + missingPoints > 0 ? (
        <Alert className="explain" type="warning" showIcon title={words.missingWhy} />
      ) : null}
      <div className="figures">
        <Figure label={words.withdrawn} big>
          <Count of={takenBack.withdrawn} />
        </Figure>
        {takenBack.kept > 0 ? (
          <Figure label={words.kept}>
            <Count of={takenBack.kept} />
          </Figure>
        ) : null}
        <Sums one={one} sums={takenBack} />
        {money > 0 ? (
          <Figure label={words.missing}>
            <Money amount={money} currency={currency} />
          </Figure>
        ) : null}
        {missingPoints > 0 ? (
          <Figure label={`${words.missing} · ${words.points}`}>
            <Count of={missingPoints} />
          </Figure>
        ) : null}
      </div>
    </Panel>
  );
}
