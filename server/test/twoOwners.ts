import { expect } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import { goodPassword, type Hired, hire, newLogin } from './desk.ts';
import type { Reply, TestBench } from './harness.ts';
import { type CardInHand, openShop, type Shop } from './shop.ts';

export type Waits = {
  readonly approval: { readonly id: string; readonly kind: string; readonly state: string };
  readonly key?: string;
  readonly link?: string;
};

/** An approval, as far as tests look at it. */
export type Shown = {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly diff: {
    readonly facts: readonly { readonly type: string; readonly amount: number | null }[];
    readonly changes: readonly {
      readonly what: string;
      readonly before: object | null;
      readonly after: Readonly<Record<string, unknown>>;
    }[];
  };
};

export const codeOf = ({ status, body }: Reply): string => (status < 300 ? 'accepted' : String(body.code));

let keys = 0;
const nextKey = () => `key-${keys++}`;
export const send = <B = Record<string, unknown>>(
  by: Browser,
  path: string,
  body: unknown,
  key = nextKey(),
) => by.post<B>(path, body, { 'idempotency-key': key });

export const stepUp = async (by: Browser) =>
  expect((await by.post('/v1/session/step-up', { password: goodPassword })).status).toBe(200);

export type TwoOwners = {
  readonly shop: Shop;
  readonly alice: Hired;
  readonly bob: Hired;
  /** A card of 100 yuan that was sold. */
  card(): CardInHand;
  /** The one of 3000 yuan. */
  readonly large: CardInHand | undefined;
  read(id: string, by?: Browser): Promise<Shown>;
  /** Bob approves, where it is nobody else. */
  approve(id: string, by?: Browser, revision?: number): Promise<Reply>;
  /** Alice takes ten yuan from a card; it waits. */
  waitingAdjustment(): Promise<{ one: CardInHand; key: string; id: string; text: string }>;
  /** Alice invites and Bob approves; the link that she was shown is good from then on. */
  hireBoth(terms: object): Promise<Hired>;
  /** Alice and Bob sign in again, since it is another day. */
  resumed(): Promise<void>;
};

/** A shop with two owners, whose cards were sold while there was none: codes are not released by one of two. */
export async function openTwoOwners(bench: TestBench): Promise<TwoOwners> {
  const shop = await openShop(bench);
  const stock = await shop.sell(60);
  const [large] = await shop.sell(1, 300_000);
  const alice = await hire(bench, shop.merchant, { role: 'owner' });
  const bob = await hire(bench, alice.browser, { role: 'owner' });

  function card(): CardInHand {
    const one = stock.pop();
    if (!one) throw new Error('no card is left');
    return one;
  }
  const approve = (id: string, by = bob.browser, revision = 1) =>
    send(by, `/v1/approvals/${id}/approve`, { revision });

  return {
    ...{ shop, alice, bob, card, large, approve },
    read: async (id, by = bob.browser) => (await by.get<Shown>(`/v1/approvals/${id}`)).body,
    async waitingAdjustment() {
      const [one, key] = [card(), nextKey()];
      const body = { amount: -1000, reason: 'typo' };
      const asked = await send<Waits>(alice.browser, `/v1/cards/${one.id}/adjust`, body, key);
      expect(asked.status, asked.text).toBe(202);
      return { one, key, id: asked.body.approval.id, text: asked.text };
    },
    async hireBoth(terms) {
      const login = newLogin();
      const wanted = { login, name: 'Li Na', ...terms };
      const asked = await send<Waits>(alice.browser, '/v1/staff/invitations', wanted);
      expect(asked.status, asked.text).toBe(202);
      const token = String(asked.body.link).split('token=')[1];
      expect(codeOf(await alice.browser.post('/v1/invitations/look', { token }))).toBe('link_not_good');
      expect(codeOf(await approve(asked.body.approval.id))).toBe('accepted');
      const browser = openBrowser(bench.app);
      const accepted = await browser.post('/v1/invitations/accept', { token, password: goodPassword });
      expect(accepted.status, accepted.text).toBe(200);
      const { body } = await browser.get<{ staff: { id: string } }>('/v1/session');
      return { browser, login, staffId: body.staff.id };
    },
    async resumed() {
      for (const { browser, login } of [alice, bob])
        expect((await browser.post('/v1/session', { login, password: goodPassword })).status).toBe(200);
    },
  };
}
