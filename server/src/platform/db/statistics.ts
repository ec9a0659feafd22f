import { statement } from './statement.ts';

/**
 * Tells the planner of tables that have more than doubled since it last looked. Prepared statements are planned anew by
 * themselves when that happens.
 */
export const refreshStatistics = statement('db.refreshStatistics', 'select platform.refresh_statistics()');
