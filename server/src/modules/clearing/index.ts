export { clearingRoutes } from './routes.ts';
