import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../ui/session.ts';

type TileProps = {
  readonly label: string;
  readonly note: string;
  readonly to?: string;
  readonly children: ReactNode;
};

/** One figure, and where it is told in full. */
export function Tile({ label, note, to, children }: TileProps) {
  const inside = (
    <>
      <span className="soft">{label}</span>
      <strong className="money">{children}</strong>
      <span className="soft small">{note}</span>
    </>
  );
  const mayLedger = useMay('ledger.read');
  const isOpen = to !== undefined && (mayLedger || !to.startsWith('/ledger'));
  return isOpen ? (
    <Link to={to} className="tile">
      {inside}
    </Link>
  ) : (
    <div className="tile">{inside}</div>
  );
}
