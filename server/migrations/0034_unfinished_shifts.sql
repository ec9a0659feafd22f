-- The counter asks for the few shifts of a store that are not closed, among all that ever were.
create index shift_unfinished on shifts.shift (merchant_id, store_id, id) where state <> 'closed';
