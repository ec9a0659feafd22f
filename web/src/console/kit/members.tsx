import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, type ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';

type Member = ItemOf<'GET /v1/members'>;
type Waiting = {
  readonly resolve: (member: Member | null) => void;
  readonly reject: (error: unknown) => void;
};

const keptMs = 60_000;
/** How long a list has to say all whom it names, before they are asked for together. */
const gatherMs = 10;
const atOnceMax = 200;
const wanted = new Map<string, Waiting[]>();

/** Reads a member together with all others who are asked for at the same time. */
function readMember(id: string): Promise<Member | null> {
  return new Promise((resolve, reject) => {
    const waiting = wanted.get(id);
    if (waiting) waiting.push({ resolve, reject });
    else wanted.set(id, [{ resolve, reject }]);
    if (wanted.size === 1) setTimeout(() => void readWanted(), gatherMs);
  });
}

async function readWanted(): Promise<void> {
  const all = [...wanted];
  wanted.clear();
  for (let from = 0; from < all.length; from += atOnceMax) {
    const some = all.slice(from, from + atOnceMax);
    try {
      const ids = some.map(([id]) => id).join(',');
      const { body } = await ask('GET /v1/members', { query: { ids, limit: atOnceMax } });
      for (const [id, waiting] of some) {
        const found = body.items.find((member) => member.id === id) ?? null;
        for (const { resolve } of waiting) resolve(found);
      }
    } catch (error) {
      for (const [, waiting] of some) for (const { reject } of waiting) reject(error);
    }
  }
}

/** A member by name and number, with a way to their page; by the end of the id to who may not know them. */
export function MemberName({ id, link = true }: { readonly id: string; readonly link?: boolean }) {
  const may = useMay('members.read');
  const { data } = useQuery({
    queryKey: ['member', id],
    staleTime: keptMs,
    enabled: may,
    queryFn: () => readMember(id),
  });
  const text =
    data == null ? (
      <span className="mono">…{id.slice(-6)}</span>
    ) : (
      <>
        {data.name ?? data.phone} {data.name === null ? null : <span className="soft">{data.phone}</span>}
      </>
    );
  return link && may ? (
    <Link to="/members/$id" params={{ id }} onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  ) : (
    text
  );
}
