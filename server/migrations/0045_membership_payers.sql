-- A membership can be paid out of stored value: what is not used up of it goes back to the lots that it came from.
alter table memberships.membership add column payers jsonb not null default '[]';
comment on column memberships.membership.payers is
  'What paid for what is not over, the oldest first: how much, and of what came out of a wallet the entry of the log; null: money. What it does not tell of was money.';
