export {
  acceptsAt,
  offers,
  type ProgramVersion,
  programById,
  salePriceOf,
  versionById,
} from './program.ts';
export { programRoutes } from './routes.ts';
export { programsSql } from './store.ts';
