-- What may be printed of a card.
create view cards.card_face_view with (security_invoker = true) as
select merchant_id, id, version_id, last4 from cards.card;
grant select on cards.card_face_view to scrip_app;
