-- What a refund took off the wallet, so that one that its channel will not make puts exactly that back. Until now a refund
-- took as much principal as went back.
alter table payments.refund
  add column principal bigint not null default 0 check (principal >= 0),
  add column bonus_parts jsonb not null default '[]';
update payments.refund set principal = amount where difference_id is null;
comment on column payments.refund.principal is 'Taken off the wallet for it of what was paid for; 0 where the money never came onto one.';
comment on column payments.refund.bonus_parts is 'Taken off of what was given, by the order of the parts of the top-up''s bonus.';
