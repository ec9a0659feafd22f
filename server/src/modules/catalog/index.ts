export { categoryPath } from './category.ts';
export { productDraft } from './changeProducts.ts';
export { type Gift, giftById, moveStock, stockIn, stockRows } from './gift.ts';
export { type Product, productById, productBySku, products } from './product.ts';
export { catalogRoutes } from './routes.ts';
export {
  type Bought,
  type BoughtLine,
  holdsIn,
  isAboutGoods,
  names,
  noScope,
  type Scope,
  scopeAnswer,
  scopeNames,
  scopeRows,
  unknownIn,
} from './scope/scope.ts';
export { scopeIn, scopeNamesOut, scopeOut } from './scope/shapes.ts';
export { catalogSql, categoryNames, listGifts } from './store.ts';
