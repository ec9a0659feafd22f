import type { Caller } from './caller.ts';
import { type Card, counter, issue, sell } from './issue.ts';
import { regulars } from './regulars.ts';
import type { House } from './setUp.ts';

/** A card to try things with. */
export type Sample = {
  readonly state: string;
  readonly serial: string;
  readonly code: string;
  readonly pin: string;
};

/** Two months of trade, at whose end there are cards in every state. */
export async function trade(caller: Caller, { stores, programs }: House): Promise<readonly Sample[]> {
  const { post, later } = caller;
  const { pay, hold, reload } = counter(caller, stores);
  const festival = await festivalCards(caller, stores, programs.festival);
  const [active, partly, empty, held, lost, void_, worn, printed] = await issue(
    caller,
    programs.gift,
    8,
    20_000,
  );
  if (!active || !partly || !empty || !held || !lost || !void_ || !worn || !printed)
    throw new Error('cards are missing');
  await sell(caller, stores.xintiandi, [active, partly, empty, held], 80_000);
  await sell(caller, stores.xihu, [lost, void_, worn], 60_000);

  later(3);
  const lunch = await pay(partly, 'binjiang', 6_800);
  await post(`/v1/redemptions/${lunch}/refunds`, {
    amount: 1_800,
    reason: '少上了一道点心 one dish was missing',
  });
  await pay(empty, 'jingan', 12_500);
  later(4);
  await pay(empty, 'xihu', 7_500);
  await post(`/v1/cards/${lost.id}/freeze`, { reason: '顾客挂失 reported lost', cause: 'lost' });
  await post(`/v1/cards/${void_.id}/void`, { reason: '误售 sold by mistake' });
  later(2);
  const heir = await post<{ serial: string; code: string; pin: string }>(`/v1/cards/${worn.id}/replace`, {
    reason: '磁条损坏 worn out',
  });

  const members = (await issue(caller, programs.member, 3, 50_000)).map((card, n) => ({
    ...card,
    holder: `M-10${n}`,
  }));
  const [member] = members;
  await sell(caller, stores.jingan, members, 150_000);
  if (member) {
    await pay(member, 'xihu', 23_400);
    later(5);
    await reload(member, 'binjiang', 100_000);
    await pay(member, 'xintiandi', 31_200);
  }
  await regulars(caller, { stores });
  // Made, and their codes not yet taken out.
  await post('/v1/card-batches', { programId: programs.gift, quantity: 5, faceValue: 50_000 });
  later(60);
  await hold(held, 'xintiandi', 5_000);
  const sample = (state: string, { serial, code, pin }: Omit<Card, 'id'>): Sample => ({
    state,
    serial,
    code,
    pin,
  });
  return [
    sample('active', active),
    sample('partially_used', partly),
    sample('used_up', empty),
    sample('held', held),
    sample('frozen', lost),
    sample('voided', void_),
    sample('replaced', worn),
    sample('active', heir),
    sample('printed', printed),
    ...festival.map((card) => sample('expired', card)),
    ...(member ? [sample('partially_used', member)] : []),
  ];
}

/** Cards whose time is over by now, one of them with money left on it. */
async function festivalCards(caller: Caller, stores: House['stores'], programId: string): Promise<Card[]> {
  const cards = await issue(caller, programId, 2, 8_800);
  const [tasted] = cards;
  await sell(caller, stores.jingan, cards, 16_000);
  if (tasted) await counter(caller, stores).pay(tasted, 'xintiandi', 3_600);
  return cards;
}
