export { adjustStatement } from './period/adjustStatement.ts';
export { clearingRoutes } from './routes.ts';
export { clearingSql } from './sql.ts';
