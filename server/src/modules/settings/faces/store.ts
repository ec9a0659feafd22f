import { type Db, guarded, statement } from '../../../platform/db/statement.ts';
import { entitySql } from '../../../platform/executor/entitySql.ts';
import { faceOf, faces, type ProgramFace } from './face.ts';

const columns = `program_id as "programId", image_id as "imageId", updated_at as "updatedAt"`;
const facesOf = statement(
  'settings.facesOf',
  `select ${columns} from settings.program_face where merchant_id = $1 and program_id = any($2::uuid[])`,
);
const insertFaces = statement(
  'settings.insertFaces',
  `insert into settings.program_face (merchant_id, program_id, image_id, updated_at)
   select $1, v.* from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as v`,
);
const updateFaces = guarded(
  'settings.updateFaces',
  `update settings.program_face f set image_id = v.image_id, updated_at = v.updated_at
   from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[]) as v(program_id, image_id, updated_at, updated_was)
   where f.merchant_id = $1 and f.program_id = v.program_id and f.updated_at = v.updated_was`,
  'a card face is not as it was judged',
);
const everyFace = statement(
  'settings.everyFace',
  `select ${columns} from settings.program_face
   where merchant_id = $1 and image_id is not null order by program_id`,
);
/** A picture that anybody may see: the logo of now, or on the cards of a program now. */
const shownImage = statement(
  'settings.shownImage',
  `select i.bytes from settings.image i
   where i.merchant_id = $1 and i.id = $2 and (
     exists (select from settings.merchant m where m.merchant_id = $1 and m.logo_id = i.id)
     or exists (select from settings.program_face f where f.merchant_id = $1 and f.image_id = i.id))`,
);

export const faceSql = entitySql<ProgramFace>(faces, {
  insert: (db, merchantId, rows) =>
    db.execute(insertFaces, [
      merchantId,
      rows.map((f) => f.programId),
      rows.map((f) => f.imageId),
      rows.map((f) => f.updatedAt),
    ]),
  update: (db, merchantId, updates) =>
    db.execute(updateFaces, [
      merchantId,
      updates.map(({ to }) => to.programId),
      updates.map(({ to }) => to.imageId),
      updates.map(({ to }) => to.updatedAt),
      updates.map(({ from }) => from.updatedAt),
      updates.length,
    ]),
  finds: [[faceOf, facesOf]],
});

/** The faces that programs have. */
export function readFaces(db: Db, merchantId: string): Promise<ProgramFace[]> {
  return db.query<ProgramFace>(everyFace, [merchantId]);
}

/** The bytes of a picture that customers see; undefined for one that is not shown. */
export async function readShownImage(db: Db, merchantId: string, id: string): Promise<Buffer | undefined> {
  const [image] = await db.query<{ bytes: Buffer }>(shownImage, [merchantId, id]);
  return image?.bytes;
}
