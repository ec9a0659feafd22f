import type pg from 'pg';

/**
 * Tells the planner of tables that have more than doubled since it last looked; answers how many there were. Prepared
 * statements are planned anew by themselves when that happens.
 */
export async function refreshStatistics(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ refreshed: number }>('select platform.refresh_statistics() as refreshed');
  return rows[0]?.refreshed ?? 0;
}
