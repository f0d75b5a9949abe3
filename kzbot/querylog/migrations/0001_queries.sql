-- What was asked. A number is never given twice, because buttons in old messages name their question by it.
CREATE TABLE queries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    asked_at TEXT NOT NULL,
    user INTEGER,
    channel INTEGER,
    server INTEGER,
    command TEXT NOT NULL,
    options TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('answered', 'partial', 'ambiguous', 'not_found', 'bad_request', 'failed', 'denied')),
    items INTEGER NOT NULL,
    took_ms REAL NOT NULL,
    generation TEXT,
    private INTEGER NOT NULL
);

-- What the bot remembers between two starts, such as the hash of the commands that it has synced.
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
