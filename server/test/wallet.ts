import { expect } from 'vitest';
import type { TestBench } from './harness.ts';
import { openPhone, type Phone } from './phone.ts';
import type { CardInHand } from './shop.ts';
import type { Till } from './till.ts';

export type TestMember = { readonly phone: Phone; readonly id: string };
export type TestHolder = TestMember & { readonly card: CardInHand };

/** People with phones at a merchant, each with a number and a network address of their own. */
export function peopleOf(bench: TestBench, till: Till, lead: string) {
  let count = 0;

  async function member(): Promise<TestMember> {
    count++;
    const phone = await openPhone(bench, till.merchant, `203.0.${count >> 8}.${count & 255}`);
    const { id } = await phone.signIn(`${lead}${String(count).padStart(11 - lead.length, '0')}`);
    return { phone, id };
  }

  return {
    member,
    /** A member with a card of 100 that was just sold. */
    async holder(): Promise<TestHolder> {
      const one = await member();
      const card = await till.card();
      const added = await one.phone.post('/cards', { code: card.code, pin: card.pin });
      expect(added.status, added.text).toBe(201);
      return { ...one, card };
    },
  };
}

type Card = { readonly id: string; readonly balance: number };

/** The cards in a member's wallet. */
export async function cardsOf({ phone }: TestMember): Promise<readonly Card[]> {
  return (await phone.get<{ items: Card[] }>('/cards')).body.items;
}

/** Claims a gift, under a key of its own unless one is given. */
export function claim(
  { phone }: Pick<TestMember, 'phone'>,
  token: string,
  key: string = crypto.randomUUID(),
) {
  return phone.post<{ cardId: string; balance: number; code?: string }>(
    '/gifts/claim',
    { token },
    { 'idempotency-key': key },
  );
}

/** Offers a card to whoever gets the link. */
export async function offer({ phone, card }: TestHolder, more: object = {}) {
  const made = await phone.post<{ id: string; token: string }>(`/cards/${card.id}/gift`, more);
  expect(made.status, made.text).toBe(201);
  return made.body;
}
