/** What every server of ours runs with, tuned for a small machine whose tables have few, much updated rows. */
const SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  // Full pages are written to the log after each checkpoint, so rare ones save both log and time.
  checkpoint_timeout: '15min',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  // Balances change all the time: small, frequent clean-ups keep their tables as small as their rows.
  autovacuum_naptime: '15s',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_vacuum_insert_scale_factor: '0.1',
  autovacuum_analyze_scale_factor: '0.05',
  autovacuum_vacuum_cost_limit: '2000',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  password_encryption: 'scram-sha-256',
};

/** The text of the settings file. `durable: false` gives up safety against a power cut, for tests. */
export function settingsText(durable: boolean, more: Readonly<Record<string, string>>): string {
  const settings = { ...SETTINGS, fsync: durable ? 'on' : 'off', ...more };
  const lines = Object.entries(settings).map(([name, value]) => {
    if (!/^[a-z_.]+$/.test(name) || /[\n\r]/.test(value)) throw new Error(`no PostgreSQL setting: ${name}`);
    return `${name} = '${value.replaceAll("'", "''")}'\n`;
  });
  return `# Written at each start; use ALTER SYSTEM to change a setting for good.\n${lines.join('')}`;
}
