-- Seen by who counts what somebody did, under whichever record it was.
create view members.heir_view with (security_invoker = true) as
with recursive way as (
  select m.merchant_id, m.id, m.merged_into as heir_id from members.member m where m.merged_into is not null
  union all
  select w.merchant_id, w.id, m.merged_into from way w
  join members.member m on m.merchant_id = w.merchant_id and m.id = w.heir_id and m.merged_into is not null)
select w.merchant_id, w.id, w.heir_id from way w
join members.member h on h.merchant_id = w.merchant_id and h.id = w.heir_id and h.state = 'active';
comment on view members.heir_view is 'Of each record that was merged who stands for it now; nothing that names anybody.';
grant select on members.heir_view to scrip_app;
