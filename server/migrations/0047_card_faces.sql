-- The picture that the cards of a program bear.
create table settings.program_face (
  merchant_id uuid not null,
  program_id uuid not null,
  image_id uuid,
  updated_at timestamptz not null,
  primary key (merchant_id, program_id)
);
comment on table settings.program_face is 'The picture on the cards of a program, whichever version of its terms they have.';
comment on column settings.program_face.image_id is 'Null: it was taken away.';
grant select, insert, update on settings.program_face to scrip_app;
select platform.guard_by_merchant('settings.program_face');
