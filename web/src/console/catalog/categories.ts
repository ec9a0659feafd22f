import { useQuery } from '@tanstack/react-query';
import { ask, type ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { type Language, useLanguage } from '../../ui/words.ts';
import { pageMax, readAll } from '../kit/names.ts';

export type Category = ItemOf<'GET /v1/product-categories'>;
export type Product = ItemOf<'GET /v1/products'>;
const keptMs = 60_000;

/** What something is called in the language that is shown; Chinese where it has no other name. */
export function nameIn({ name }: Pick<Category, 'name'>, language: Language): string {
  return language === 'en' ? (name.en ?? name.zh) : name.zh;
}

/** All categories; undefined while they are read. */
export function useCategories(): readonly Category[] | undefined {
  return useQuery({
    queryKey: ['all', 'categories'],
    staleTime: keptMs,
    enabled: useMay('catalog.read'),
    queryFn: () =>
      readAll((cursor) => ask('GET /v1/product-categories', { query: { cursor, limit: pageMax } })),
  }).data;
}

/** All products that are sold, for choices. */
export function useProducts(): readonly Product[] {
  const { data } = useQuery({
    queryKey: ['all', 'products'],
    staleTime: keptMs,
    enabled: useMay('catalog.read'),
    queryFn: () => readAll((cursor) => ask('GET /v1/products', { query: { cursor, limit: pageMax } })),
  });
  return data ?? [];
}

/** A category with how deep it stands. */
export type Placed = { readonly category: Category; readonly level: number };

/** The tree from top to bottom, each below what it is under. */
export function inTree(categories: readonly Category[]): readonly Placed[] {
  const under = (parentId: string | null, level: number): Placed[] =>
    categories
      .filter((category) => category.parentId === parentId)
      .flatMap((category) => [{ category, level }, ...under(category.id, level + 1)]);
  return under(null, 0);
}

/** Names a category with all that it is under. */
export function useCategoryName(): (id: string) => string {
  const categories = useCategories() ?? [];
  const language = useLanguage();
  const nameOf = (id: string): string => {
    const found = categories.find((category) => category.id === id);
    if (!found) return id;
    const own = nameIn(found, language);
    return found.parentId === null ? own : `${nameOf(found.parentId)} / ${own}`;
  };
  return nameOf;
}

/** Categories as choices, each with all that it is under. */
export function useCategoryChoices(): { readonly value: string; readonly label: string }[] {
  const nameOf = useCategoryName();
  return inTree(useCategories() ?? []).map(({ category: { id } }) => ({ value: id, label: nameOf(id) }));
}
