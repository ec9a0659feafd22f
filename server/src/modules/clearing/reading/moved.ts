// Which column of a statement a debt is in. Those of a payment go back with it: what undoes is told by its own name.
const columnOf = `case coalesce(nullif(split_part(m.detail, '|', 2), ''), 'principal')
    when 'fee' then 'fees' when 'adjustment' then 'adjustments' when 'netting' then 'netting' when 'payment' then 'payments'
    else case when v.type ~ '\\.(refunded|reversed|returned|cancelled|deactivated)$' then 'refunds'
      when m.amount > 0 then 'honoured' else 'honouredElsewhere' end end`;

// A recharge card is paid for when it is sold; what puts it on a wallet later is no money. Purchases and fees promise nothing.
const tellsLoad = `m.purpose in ('cash_kept', 'store_fund') or m.purpose = 'tender' and m.detail <> 'recharge_card'`;
const promises = `split_part(v.type, '.', 1) in ('card', 'wallet', 'recharge_card', 'payment_order')`;

/**
 * What moved in [$3, $4) of the log for the parties $2 of the merchant $1, by counterpart and column, as a named query
 * \`moved\`. Debts stand on clearing accounts. Money taken in is a party's own promise to those who paid (the counterpart is
 * itself), against which it keeps the money; where it pays for it out of its settlement account at once, it is the merchant's.
 */
export const moved = `stores as (
     select s.id from merchants.store_view s where s.merchant_id = $1 and $1 = any($2::uuid[])
     union select unnest($2::uuid[])),
   told as (
     select m.owner_id, e.counterpart, m.asset, e.part, e.amount, m.activity_seq as seq, m.line * 8 + e.n as line, e.n
     from ledger.owner_posting_view m
     join ledger.activity_view v on v.merchant_id = m.merchant_id and v.seq = m.activity_seq
     cross join lateral (
       select 0 as n, split_part(m.detail, '|', 1) as counterpart, ${columnOf} as part, m.amount where m.purpose = 'clearing'
       union all select 1, m.owner_id::text, case when m.amount < 0 then 'loads' else 'refunds' end, m.amount
         where m.purpose = 'tender'
       union all select 2, m.owner_id::text, case when m.amount > 0 then 'loads' else 'refunds' end, m.amount
         where m.purpose = 'cash_kept'
       union all select 3, m.owner_id::text, 'kept', -m.amount where m.purpose in ('tender', 'cash_kept')
       union all select 4, $1::text, case when m.amount > 0 then 'loads' else 'refunds' end, -m.amount
         where m.purpose = 'cash_kept'
       union all select 5, $1::text, 'payments', -m.amount where m.purpose = 'store_fund') as e
     where m.merchant_id = $1 and m.owner_id in (select id from stores) and m.activity_seq >= $3 and m.activity_seq < $4
       and (m.purpose = 'clearing' or (${tellsLoad}) and ${promises})
     union all
     select m.detail::uuid, $1::text, m.asset, 'fees', -m.amount, m.activity_seq, m.line * 8 + 6, 6
     from ledger.owner_posting_view m
     where m.merchant_id = $1 and m.owner_id = $1 and m.purpose = 'commission' and m.activity_seq >= $3
       and m.activity_seq < $4 and m.detail::uuid in (select id from stores)),
   moved as (
     select owner_id, counterpart, asset, part, amount, seq, line from told where owner_id = any($2::uuid[])
     union all
     select $1::uuid, owner_id::text, asset, part, -amount, seq, line from told where n >= 4 and $1 = any($2::uuid[]))`;
