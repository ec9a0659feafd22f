import type { ReactNode } from 'react';
import { useEffect } from 'react';

type Props = {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of one page: what it is, what can be done, and the rest. */
export function Page({ title, lead, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Scrip`;
  }, [title]);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p className="lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A panel on a page. */
export function Panel({
  title,
  extra,
  children,
  flush = false,
}: {
  readonly title?: string;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
  /** The content reaches to the edge, as a table does. */
  readonly flush?: boolean;
}) {
  return (
    <section className={flush ? 'panel flush' : 'panel'}>
      {title === undefined ? null : (
        <header className="panel-head">
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      {children}
    </section>
  );
}

/** Facts as label and value. */
export function Facts({ items }: { readonly items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
