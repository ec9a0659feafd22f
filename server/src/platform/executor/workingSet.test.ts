import { expect, test } from 'vitest';
import { entity, finder, type Kept } from './entity.ts';
import { type Load, WorkingSet } from './workingSet.ts';

// Rows whose keys change, over a database that says what was written last and not what is judged now.

type Seat = { readonly id: string; readonly row: string | null };

function hall(kept: Kept) {
  const seats = entity<Seat>(`seat.${kept}`, ({ id }) => id, kept);
  const inRow = finder(seats, 'inRow', ({ row }) => (row === null ? [] : [row]));
  const byId = finder(seats, 'byId', ({ id }) => [id]);
  const written = new Map<string, Seat>([
    ['a', { id: 'a', row: 'front' }],
    ['b', { id: 'b', row: 'back' }],
  ]);
  // The finder that asks is one of this hall's, so its rows are seats.
  const load: Load = async (of, keys) =>
    ([...written.values()] as never[]).filter((seat) => of.keysOf(seat).some((key) => keys.includes(key)));
  const set = new WorkingSet('hall');
  const who = async (row: string) => {
    set.all(inRow, row);
    if (set.hasMissing()) await set.fetch(load);
    return set.all(inRow, row).map(({ id }) => id);
  };
  const sit = (id: string, row: string | null) => set.put(seats, { id, row });
  const write = () => {
    const taken = set.take();
    for (const { inserted, updated } of taken.rows) {
      for (const seat of [...inserted, ...updated.map(({ to }) => to)] as Seat[]) written.set(seat.id, seat);
    }
    taken.settle();
  };
  const meet = async (id: string) => {
    set.one(byId, id);
    if (set.hasMissing()) await set.fetch(load);
    return set.one(byId, id);
  };
  return { who, sit, write, meet, written };
}

const kinds: readonly Kept[] = ['all', 'found', 'none'];

test.each(kinds)(
  'a row of %s that moves is found by its new key at once, and no more by its old',
  async (kept) => {
    const { who, sit, write } = hall(kept);
    expect([await who('front'), await who('back')]).toEqual([['a'], ['b']]);
    sit('a', 'back');
    expect([await who('front'), await who('back')]).toEqual([[], ['b', 'a']]);
    sit('b', 'front');
    sit('a', 'front');
    sit('a', null);
    expect([await who('front'), await who('back')]).toEqual([['b'], []]);
    write();
    expect([await who('front'), await who('back')]).toEqual([['b'], []]);
  },
);

test.each(kinds)('a key of %s that is first asked for after the move is answered as moved', async (kept) => {
  const { who, sit, write, meet } = hall(kept);
  await meet('a');
  sit('a', 'side');
  expect([await who('front'), await who('side')]).toEqual([[], ['a']]);
  write();
  expect([await who('front'), await who('side')]).toEqual([[], ['a']]);
});

test('that a key finds nothing since its row moved is forgotten, where rows come by another door', async () => {
  const { who, sit, write, written } = hall('found');
  expect(await who('front')).toEqual(['a']);
  write();
  sit('a', 'side');
  write();
  written.set('c', { id: 'c', row: 'front' });
  expect(await who('front')).toEqual(['c']);
});
