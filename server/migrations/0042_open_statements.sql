-- Statements that are not closed are looked for with each look at a page.
create index statement_open on clearing.statement (merchant_id, owner_id) where closed_at is null;
