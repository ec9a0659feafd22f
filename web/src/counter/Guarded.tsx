import { Link } from '@tanstack/react-router';
import type { FunctionComponent, ReactNode } from 'react';
import { Icon } from '../ui/icons.tsx';
import { usePermissionSentence } from '../ui/permissions.ts';
import { type Permission, signOut, useMay, useSession } from '../ui/session.ts';
import { useWords } from '../ui/words.ts';
import { places } from './places.ts';
import { counterWords } from './words.ts';

/** The page, for whoever may use it. */
export function guarded(by: Permission, Page: FunctionComponent): FunctionComponent {
  return () => (
    <Guarded by={by}>
      <Page />
    </Guarded>
  );
}

type Props = { readonly by: Permission; readonly children: ReactNode };

function Guarded({ by, children }: Props) {
  return useMay(by) ? children : <NoPermission by={by} />;
}

/** Tells who may not what they would need and where they can go, and lets them hand over to somebody who may. */
function NoPermission({ by }: { readonly by: Permission }) {
  const words = useWords(counterWords);
  const { permissions } = useSession();
  const elsewhere = places.find((place) => permissions.includes(place.by));
  const sentence = usePermissionSentence();
  return (
    <section className="no-permission">
      <Icon name="key" size={48} />
      <h1>{words.noPermission}</h1>
      <p className="soft">{words.noPermissionWhy}</p>
      <p className="soft">{sentence(by)}</p>
      {elsewhere ? (
        <Link to={elsewhere.to} className="button main wide">
          {words.goTo(words[elsewhere.word])}
        </Link>
      ) : null}
      <button type="button" className="button wide" onClick={() => void signOut()}>
        {words.handOver}
      </button>
    </section>
  );
}
