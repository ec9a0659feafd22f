import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

/** A page with its filters under a name. */
export type View = {
  readonly id: string;
  /** Whose it is; null: for all who work for the merchant. */
  readonly ownerId: string | null;
  readonly page: string;
  readonly name: string;
  /** As in the address of the page. */
  readonly query: string;
  readonly removed: boolean;
  readonly createdAt: Date;
};

export const views = entity<View>('view', (view) => view.id);
export const viewById = finder(views, 'byId', (view) => [view.id]);
/** All that are not removed, under one key. Removed ones may be among them while they are in memory. */
export const allViews = finder(views, 'all', () => ['all']);

/** Of one owner, or for all. */
export const viewsMax = 200;

/** A view as the API shows it. */
export function viewAnswer({ id, ownerId, page, name, query, createdAt }: View) {
  return {
    id: encodeId('view', id),
    shared: ownerId === null,
    page,
    name,
    query,
    createdAt: createdAt.toISOString(),
  };
}
