import type { Random } from '../../src/kernel/random.ts';
import type { Reply } from '../harness.ts';
import type { CardInHand, Shop } from '../shop.ts';

/** What a command does to a card, in minor units. */
type Effect = { readonly cardId: string; readonly balance: number; readonly held: number };

type Answer = { readonly id: string; readonly amount: number };

/** A command as a till remembers it. */
export type Sent = {
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** The activity that it leaves behind. */
  readonly type: string;
  readonly effect: Effect;
  /** What may follow once it is done. */
  readonly done: (answer: Answer) => void;
  state: 'sent' | 'done' | 'refused' | 'unknown';
  /** The bytes of its answer once it is done. */
  text: string;
};

export type Tills = {
  readonly journal: readonly Sent[];
  /** Answers that no till should ever get. */
  readonly faults: readonly string[];
  /** Sends a new command at random; answers with what is remembered of it. */
  next(): Promise<Sent>;
  /** Sends a command once more under its key; answers whether it had been done before. */
  again(sent: Sent): Promise<boolean>;
  /** What is on the cards if all that is done was done once and nothing else. */
  expected(): ReadonlyMap<string, { balance: number; held: number }>;
};

const faceValues = { rich: 1_000_000, poor: 300 } as const;

/** Customers at the tills of two stores, some with cards that run dry, each remembering what they asked and were told. */
export async function openTills(shop: Shop, random: Random): Promise<Tills> {
  const { merchant } = shop;
  const cards = [...(await shop.sell(16, faceValues.rich)), ...(await shop.sell(8, faceValues.poor))];
  const journal: Sent[] = [];
  const faults: string[] = [];
  const holds: (Answer & { card: CardInHand })[] = [];
  const redemptions: (Answer & { card: CardInHand })[] = [];

  const below = (n: number) => new DataView(random(4).buffer).getUint32(0) % n;
  const amount = () => 1 + below(400);
  const store = () => (below(2) === 0 ? shop.storeId : shop.otherStoreId);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const take = <T>(from: T[]): T | undefined => from.splice(below(from.length), 1)[0];
  const nothing = () => undefined;

  function payment(card: CardInHand, kind: 'redemptions' | 'holds'): Omit<Sent, 'key' | 'state' | 'text'> {
    const { code, pin, id: cardId } = card;
    const asked = amount();
    const path = `/v1/${kind}`;
    const body = {
      code,
      pin,
      amount: asked,
      currency: 'CNY',
      storeId: store(),
      reference: `R${journal.length}`,
    };
    return kind === 'holds'
      ? {
          path,
          body,
          type: 'hold.placed',
          effect: { cardId, balance: 0, held: asked },
          done: (a) => holds.push({ ...a, card }),
        }
      : {
          path,
          body,
          type: 'card.redeemed',
          effect: { cardId, balance: -asked, held: 0 },
          done: (a) => redemptions.push({ ...a, card }),
        };
  }

  function reload({ id: cardId }: CardInHand): Omit<Sent, 'key' | 'state' | 'text'> {
    const asked = amount();
    const body = {
      amount: asked,
      storeId: store(),
      payment: { tender: 'cash', amount: asked, reference: 'P' },
    };
    return {
      path: `/v1/cards/${cardId}/reload`,
      body,
      type: 'card.reloaded',
      effect: { cardId, balance: asked, held: 0 },
      done: nothing,
    };
  }

  function invent(): Omit<Sent, 'key' | 'state' | 'text'> {
    const dice = below(100);
    const card = pick(cards);
    if (dice < 15) return reload(card);
    if (dice < 30) return payment(card, 'holds');
    const hold = dice < 45 ? take(holds) : undefined;
    if (hold) {
      const asked = 1 + below(hold.amount);
      const effect = { cardId: hold.card.id, balance: -asked, held: -hold.amount };
      return {
        path: `/v1/holds/${hold.id}/capture`,
        body: { amount: asked },
        type: 'card.captured',
        effect,
        done: nothing,
      };
    }
    const redemption = dice < 60 ? take(redemptions) : undefined;
    if (redemption) {
      const asked = 1 + below(redemption.amount);
      return {
        path: `/v1/redemptions/${redemption.id}/refunds`,
        body: { amount: asked, reason: 'returned' },
        type: 'card.refunded',
        effect: { cardId: redemption.card.id, balance: asked, held: 0 },
        done: nothing,
      };
    }
    return payment(card, 'redemptions');
  }

  function note(sent: Sent, { status, body, text }: Reply): void {
    if (status === 201) {
      if (sent.state === 'done' && sent.text !== text)
        faults.push(`${sent.key} was answered otherwise: ${text}`);
      if (sent.state !== 'done') sent.done(JSON.parse(text));
      sent.state = 'done';
      sent.text = text;
    } else if (status === 409 && body.code === 'insufficient_balance' && sent.state !== 'done') {
      sent.state = 'refused';
    } else if (status === 503 && ['unavailable', 'outcome_unknown'].includes(String(body.code))) {
      if (sent.state !== 'done') sent.state = 'unknown';
    } else {
      faults.push(`${sent.key} ${sent.type} (${sent.state}): ${status} ${text}`);
    }
  }

  async function post(sent: Sent): Promise<boolean> {
    const reply = await merchant.post(sent.path, sent.body, sent.key).catch(() => undefined);
    if (reply) note(sent, reply);
    else if (sent.state !== 'done') sent.state = 'unknown';
    return reply?.headers['idempotent-replayed'] === 'true';
  }

  return {
    journal,
    faults,
    async next() {
      const sent: Sent = { ...invent(), key: `K${journal.length}`, state: 'sent', text: '' };
      journal.push(sent);
      await post(sent);
      return sent;
    },
    again: post,
    expected() {
      const sums = new Map(
        cards.map(({ id }, n) => [
          id,
          { balance: n < 16 ? faceValues.rich : (faceValues.poor as number), held: 0 },
        ]),
      );
      for (const { state, effect } of journal) {
        const sum = sums.get(effect.cardId);
        if (state !== 'done' || !sum) continue;
        sum.balance += effect.balance;
        sum.held += effect.held;
      }
      return sums;
    },
  };
}
