export {
  acceptsAt,
  offers,
  type Program,
  type ProgramVersion,
  programById,
  programs,
  programVersions,
  salePriceOf,
  versionById,
} from './program.ts';
export { programRoutes } from './routes.ts';
export { programsSql } from './store.ts';
