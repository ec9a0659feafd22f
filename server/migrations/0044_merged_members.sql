-- Two records of one person become one: the other stays as an id that says where everything went.
alter table members.member
  add column merged_into uuid,
  add column merged_at timestamptz,
  drop constraint member_state_check,
  drop constraint member_erased,
  add constraint member_state_check check (state in ('active', 'erased', 'merged')),
  add constraint member_erased check ((state <> 'active') = (sealed_phone is null and phone_hash is null)),
  add constraint member_merged
    check ((state = 'merged') = (merged_into is not null) and (merged_into is null) = (merged_at is null)),
  add constraint member_merged_into_another check (merged_into <> id),
  add constraint member_merged_into_fkey foreign key (merchant_id, merged_into) references members.member (merchant_id, id);
comment on column members.member.merged_into is 'The member that this one is part of now; that one may have been merged later itself.';
create index member_merged_into on members.member (merchant_id, merged_into) where merged_into is not null;

alter table members.left_number
  add column why text not null default 'changed' check (why in ('changed', 'merged'));
comment on column members.left_number.why is 'Whether its member has another number, or is another record now.';

-- Lots go over to the other record, and what came onto them with them.
grant update (member_id, lot, bonus_parts) on wallets.top_up to scrip_app;
