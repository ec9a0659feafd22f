-- What is made of the log by jobs had a table of its own each for how far it has come. One table holds them all: a further follower
-- needs none.
create table ledger.follower (
  merchant_id uuid not null,
  job text not null,
  seq bigint not null check (seq >= 0),
  primary key (merchant_id, job)
);
comment on table ledger.follower is 'Up to which entry of the log a job has come. Moves in the transaction that writes what the job makes; its row lock is the claim of the process at work.';
comment on column ledger.follower.job is 'The name of the job, as the runner has it.';
grant select, insert on ledger.follower to scrip_app;
grant update (seq) on ledger.follower to scrip_app;
select platform.guard_by_merchant('ledger.follower'::regclass);

insert into ledger.follower (merchant_id, job, seq)
  select merchant_id, 'cards.keepList', seq from cards.standing_cursor
  union all select merchant_id, 'checkout.keepList', seq from checkout.listed_cursor
  union all select merchant_id, 'reports.addUp', seq from reports.cursor;

create view ledger.follower_view with (security_invoker = true) as
  select merchant_id, job, seq from ledger.follower;
grant select on ledger.follower_view to scrip_app;

drop view cards.standing_cursor_view;
drop table cards.standing_cursor;
drop table checkout.listed_cursor;
drop table reports.cursor;

comment on table cards.standing is 'Cards that were sold, as the log has them up to where cards.keepList has come. Can be made anew from the log.';
comment on table checkout.listed is 'By which tenders purchases were paid, as the log has them up to where checkout.keepList has come. Can be made anew from the log.';
comment on table reports.day is 'What the postings of a day come to, in the merchant''s zone, up to where reports.addUp has come. Made anew from the log it is the same.';
