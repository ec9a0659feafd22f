-- A member's number changes: whoever came in by the one before is out, and that number is told.
alter table members.member add column phone_count integer not null default 1 check (phone_count > 0);
comment on column members.member.phone_count is 'Which of their numbers this is, from 1: a session is good for the number it was opened by.';
alter table members.session add column phone_count integer not null default 1 check (phone_count > 0);
comment on column members.session.phone_count is 'Which number of its member it was opened by.';

create table members.left_number (
  merchant_id uuid not null,
  seq bigint not null,
  member_id uuid not null,
  sealed_phone bytea not null,
  language text not null check (language in ('zh', 'en')),
  primary key (merchant_id, seq)
);
comment on table members.left_number is 'Numbers that members have left and that have not been told so yet; a job tells them and takes the row away.';
comment on column members.left_number.seq is 'The entry of the log that tells of the change.';
comment on column members.left_number.sealed_phone is 'As it stood with the member.';
grant select, insert, update, delete on members.left_number to scrip_app;
select platform.guard_by_merchant('members.left_number');
