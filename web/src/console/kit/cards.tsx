import { Link } from '@tanstack/react-router';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';

/** A card by its serial, with a way to its page; by the end of the id to who may not see cards. */
export function CardName({ id }: { readonly id: string }) {
  const may = useMay('cards.read');
  const { data } = useAsk('GET /v1/cards/{id}', { params: { id } }, { enabled: may });
  const text = <span className="mono">{data?.serial ?? `…${id.slice(-6)}`}</span>;
  return may ? (
    <Link to="/cards/$id" params={{ id }}>
      {text}
    </Link>
  ) : (
    text
  );
}
