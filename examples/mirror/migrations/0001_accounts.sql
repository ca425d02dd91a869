-- Your own table; what the Worker reads of it stands in src/accounts.ts.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  avatar TEXT,
  plan TEXT NOT NULL DEFAULT 'free'
);

-- How each night went.
CREATE TABLE mirror_runs (
  started_at TEXT PRIMARY KEY,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  reactivated INTEGER NOT NULL,
  deactivated INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  problem TEXT
);
