-- What is printed on a member's card: nine digits and their check digit, or whatever the merchant prints.
alter table members.member add column card_number text
  constraint member_card_number check (card_number ~ '^[0-9A-Z][0-9A-Z-]{3,31}$');
comment on column members.member.card_number is 'Leads to the member at a counter, and proves nothing. It stays with a record that was merged, and leads on from there; null once erased.';

-- Who is there already gets the next number, with its check digit by Luhn as those that are drawn have it.
update members.member m set card_number = numbered.number || ((10 - numbered.sum % 10) % 10)
from (
  select n.merchant_id, n.id, n.number,
    (select sum(case when place % 2 = 1 then digit * 2 - case when digit > 4 then 9 else 0 end else digit end)
     from (select place, substr(n.number, 10 - place, 1)::integer as digit from generate_series(1, 9) as place) digits) as sum
  from (
    select merchant_id, id, (100000000 + row_number() over (partition by merchant_id order by id))::text as number
    from members.member where state = 'active') n) numbered
where m.merchant_id = numbered.merchant_id and m.id = numbered.id;

create unique index member_by_card_number on members.member (merchant_id, card_number);
