-- How far a log was verified stood on its journal's row, whose lock belongs to the batches: noting it waited for them.
create table ledger.verification (
  merchant_id uuid primary key,
  seq bigint not null check (seq >= 0),
  verified_at timestamptz not null
) with (fillfactor = 50);
comment on table ledger.verification is 'How far each log was found to hold. Without a foreign key: its check would lock the journal''s row.';
grant select, insert, update on ledger.verification to scrip_app;
select platform.guard_by_merchant('ledger.verification');

-- Row-level security binds the owner too.
select set_config('scrip.merchant_id', '*', true);
-- all merchants: each keeps how far it was verified
insert into ledger.verification (merchant_id, seq, verified_at)
select merchant_id, verified_seq, verified_at from ledger.journal where verified_at is not null;
alter table ledger.journal drop column verified_seq, drop column verified_at;
