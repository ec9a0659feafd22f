import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type TestBench } from '../../../../test/harness.ts';
import { connectAsOwner, type Owner } from '../../../../test/owner.ts';
import { openTill, type Till } from '../../../../test/till.ts';
import { rowsTouched, stopAutovacuum } from '../../../../test/touched.ts';
import { peopleOf } from '../../../../test/wallet.ts';
import { decodeId } from '../../../kernel/id.ts';

// Twenty thousand purchases among as many other entries, of which each filter finds few or all. What is counted is rows, so
// that it is the same on every machine.

const purchasesMany = 20_000;

const schemas = ['ledger', 'checkout'];

let bench: TestBench;
let owner: Owner;
let till: Till;
let memberId: string;
beforeAll(async () => {
  bench = await openBench();
  owner = await connectAsOwner(bench.ownerUrl);
  await stopAutovacuum(owner, schemas);
  till = await openTill(bench);
  memberId = (await peopleOf(bench, till, '138').member()).id;
  // Every list once while nothing has been sold: the plans of then are kept.
  await Promise.all(queries().map((query) => till.merchant.get(`/v1/purchases?${query}`)));
  const [shop, other, member] = [
    decodeId('store', till.storeId),
    decodeId('store', till.otherStoreId),
    decodeId('mem', memberId),
  ];
  // Every thousandth is something special: at the other store, by bank card, of a member, given back.
  await owner.rows(
    `insert into ledger.activity (merchant_id, seq, type, occurred_at, actor_id, store_id, subject_id, reference, amount,
       details, hash)
     select '${till.merchant.id}', j.seq + n, case when n % 2 = 0 then 'purchase.made' else 'card.redeemed' end,
       timestamptz '2026-11-01T00:00:00Z' + n * interval '1 minute', '${till.merchant.id}',
       case when n % 1000 = 6 then '${other}' else '${shop}' end::uuid, case when n % 1000 = 8 then '${member}'::uuid end,
       case when n % 2 = 0 then 'F' || n end, 100,
       case when n % 2 = 0 then json_build_object('lines', '[]'::json, 'total', 100, 'discount', 0, 'currency', 'CNY',
         'tenders', json_build_array(json_build_object('kind', 'money', 'tender',
           case when n % 1000 = 4 then 'bank_card' else 'cash' end, 'amount', 100, 'reference', null, 'redemptionSeq', null,
           'points', null, 'pointParts', '[]'::json)),
         'earned', json_build_object('points', 0, 'lot', null), 'balance', null)::text end,
       sha256(n::text::bytea)
     from ledger.journal j, generate_series(1, ${2 * purchasesMany}) n where j.merchant_id = '${till.merchant.id}'`,
  );
  await owner.rows(
    `insert into checkout.purchase_return (merchant_id, purchase_seq, returned)
     select merchant_id, seq, case when reference ~ '[02468]02$' then 100 else 50 end from ledger.activity
     where merchant_id = '${till.merchant.id}' and type = 'purchase.made' and reference ~ '^F.*02$'`,
  );
  await owner.rows(
    `update ledger.journal set seq = seq + ${2 * purchasesMany} where merchant_id = '${till.merchant.id}'`,
  );
  await bench.runJobs('checkout.keepList');
});
afterAll(async () => {
  await owner.close();
  await bench.close();
});

function queries(): readonly string[] {
  return [
    ...['', `storeId=${till.storeId}`, `storeId=${till.otherStoreId}`, `memberId=${memberId}`],
    ...[
      'tender=cash',
      'tender=bank_card',
      'tender=points',
      'state=whole',
      'state=partly_refunded',
      'state=refunded',
    ],
    ...[
      'reference=F20000',
      'from=2026-11-03&to=2026-11-03',
      'to=2026-11-01',
      'from=2026-11-02&tender=bank_card',
    ],
    `storeId=${till.otherStoreId}&tender=cash`,
    `storeId=${till.otherStoreId}&tender=bank_card`,
    `storeId=${till.otherStoreId}&state=whole`,
    'state=whole&tender=bank_card',
  ];
}

const touched = () => rowsTouched(bench, owner, schemas);

test('a page of any filter touches rows by the hundred, not by how much has been bought', async () => {
  const most: [string, number][] = [];
  for (const query of queries()) {
    const before = await touched();
    const reply = await till.merchant.get<{ items: object[] }>(`/v1/purchases?${query}`);
    expect(reply.status, reply.text).toBe(200);
    most.push([query, (await touched()) - before]);
  }
  expect(most.filter(([, rows]) => rows > 1_500)).toEqual([]);
  expect(bench.errors).toEqual([]);
});
