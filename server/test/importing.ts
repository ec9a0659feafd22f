import { expect } from 'vitest';
import { jobsOf } from '../src/app.ts';
import type { Reply, TestBench, TestMerchant } from './harness.ts';
import type { Till } from './till.ts';

/** An import as tests look at it. */
export type ShownImport = {
  readonly id: string;
  readonly state: string;
  readonly failure: string | null;
  readonly headings: readonly string[];
  readonly mapping: Readonly<Record<string, number>>;
  readonly quantity: number;
  readonly done: number;
  readonly sha256: string;
  readonly found: Readonly<Record<string, number>>;
  readonly became: Readonly<Record<string, number>>;
  readonly takenBack: Readonly<Record<string, number>>;
};

export type ShownRow = {
  readonly row: number;
  readonly outcome: string;
  readonly code: string | null;
  readonly memberId: string | null;
  readonly productId: string | null;
  readonly reversal: string | null;
  readonly missingPrincipal: number;
  readonly missingBonus: number;
  readonly missingPoints: number;
};

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What a merchant does with files, step by step. */
export function importing(bench: TestBench, merchant: Pick<TestMerchant, 'apiKey' | 'get' | 'post'>) {
  async function upload(
    file: string | Uint8Array,
    {
      kind = 'members',
      type = 'text/csv',
      key = merchant.apiKey,
    }: { readonly kind?: string; readonly type?: string; readonly key?: string } = {},
  ): Promise<Reply<ShownImport>> {
    const response = await bench.app.inject({
      method: 'POST',
      url: `/v1/imports?kind=${kind}&fileName=${encodeURIComponent('老系统.csv')}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      payload: typeof file === 'string' ? file : Buffer.from(file),
    });
    return {
      status: response.statusCode,
      body: response.json<ShownImport>(),
      text: response.body,
      headers: response.headers,
    };
  }

  const read = async (id: string) => (await merchant.get<ShownImport>(`/v1/imports/${id}`)).body;
  const verb = (id: string, word: string, body: object = {}) =>
    merchant.post<ShownImport>(`/v1/imports/${id}/${word}`, body);
  const run = (word: string) => bench.runJobs(`imports.${word}`);

  /** Sends a file in, and has it read. */
  async function sent(file: string | Uint8Array, more: Parameters<typeof upload>[1] = {}): Promise<string> {
    const made = await upload(file, more);
    expect(made.status, made.text).toBe(201);
    await run('read');
    return made.body.id;
  }

  /** Has a file looked through. */
  async function checked(id: string, body: object = {}): Promise<ShownImport> {
    const begun = await verb(id, 'check', body);
    expect(begun.status, begun.text).toBe(202);
    await run('check');
    return read(id);
  }

  /** Has what was found carried out, or taken back. */
  async function carried(id: string, word: 'apply' | 'reverse', body: object = {}): Promise<ShownImport> {
    const begun = await verb(id, word, word === 'apply' ? body : { reason: 'wrong file', ...body });
    expect(begun.status, begun.text).toBe(202);
    await run(word);
    return read(id);
  }

  return {
    upload,
    read,
    verb,
    sent,
    checked,
    carried,
    /** A file from its being sent in to its being carried out. */
    async whole(file: string | Uint8Array, more: Parameters<typeof upload>[1] = {}, body: object = {}) {
      const id = await sent(file, more);
      await checked(id, body);
      return carried(id, 'apply', { skipBad: true });
    },
    rows: async (id: string, query = '') =>
      (await merchant.get<{ items: ShownRow[] }>(`/v1/imports/${id}/rows?limit=200${query}`)).body.items,
    problems: async (id: string) => {
      type Problem = { row: number; heading: string; value: string; code: string };
      return (await merchant.get<{ items: Problem[] }>(`/v1/imports/${id}/problems?limit=200`)).body.items;
    },
    /** Runs a job that is told to stop at its first look at the signal after so many. */
    async stopped(word: string, looks: number): Promise<void> {
      let left = looks;
      const signal = Object.create(AbortSignal.prototype, {
        aborted: { get: () => left-- <= 0 },
      }) as AbortSignal;
      const job = jobsOf(bench.runtime).find(({ name }) => name === `imports.${word}`);
      await job?.run(signal);
    },
  };
}

/** A file of so many members, each with principal, bonus and points that differ. */
export function manyMembers(count: number): string {
  const lines = ['手机号,姓名,余额,赠送余额,积分'];
  for (let n = 0; n < count; n++) {
    lines.push(`1390000${String(n).padStart(4, '0')},会员${n},${n + 1}.25,0.5,${n}`);
  }
  return lines.join('\n');
}

type Money = { principal: number; bonus: number; later: number; total: number };
type Member = { id: string; phone: string; name: string | null; createdAt: string };

/** What came of it for members and in the books. */
export function booksOf(till: () => Till) {
  const memberBy = async (phone: string): Promise<Member | undefined> =>
    (await till().merchant.get<{ items: Member[] }>(`/v1/members?phone=${encodeURIComponent(phone)}`)).body
      .items[0];
  const moneyOf = async (memberId = '') =>
    (await till().merchant.get<{ balance: Money }>(`/v1/wallets/${memberId}`)).body.balance;
  const pointsOf = async (memberId = '') =>
    (await till().merchant.get<{ usable: number }>(`/v1/members/${memberId}/points`)).body.usable;
  const difference = async () => {
    type Balanced = { assets: { difference: number }[] };
    const { body } = await till().merchant.get<Balanced>('/v1/ledger/trial-balance');
    expect(body.assets.length).toBeGreaterThan(0);
    return body.assets.reduce((sum, one) => sum + one.difference, 0);
  };
  const enrolled = async (phone: string) => {
    const made = await till().merchant.post<Member>('/v1/members', { phone, consent: { textVersion: 1 } });
    expect(made.status, made.text).toBe(201);
    return made.body.id;
  };
  const buy = async (memberId: string | undefined, amount: number) => {
    const bought = await till().merchant.post('/v1/purchases', {
      storeId: till().storeId,
      memberId,
      reference: crypto.randomUUID(),
      lines: [{ name: '茶', quantity: 1, price: amount }],
      tenders: [{ kind: 'wallet', amount }],
    });
    expect(bought.status, bought.text).toBe(201);
  };
  return { memberBy, moneyOf, pointsOf, difference, enrolled, buy };
}

/** Three members; the second is called as a formula would be. */
export const people = [
  '手机号码,会员姓名,入会日期,储值余额,赠送余额,积分,备注',
  '138-0013-8001,林夕,2024/2/29,"1,234.50",100,320,老客',
  '13800138002,=王五,2023年1月5日,¥0.01,,0,',
  '+442079460000,Ann,,0,0,7,',
].join('\r\n');
