/** What the list of cards can be narrowed by, as its address and the API name it. */
export const cardFilters = [
  'serial',
  'last4',
  'state',
  'programId',
  'storeId',
  'batchId',
  'holder',
  'balanceMin',
  'balanceMax',
  'activatedFrom',
  'activatedTo',
  'validFrom',
  'validTo',
  'sort',
] as const;

export type CardFilterName = (typeof cardFilters)[number];
export type CardFilterValues = { readonly [Name in CardFilterName]?: string };
