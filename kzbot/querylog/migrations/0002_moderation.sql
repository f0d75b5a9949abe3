-- What moderators and operators did. about: the row of another table that the deed is about, by its action; details: JSON.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor INTEGER,
    place TEXT NOT NULL CHECK (place IN ('discord', 'terminal', 'bot')),
    action TEXT NOT NULL,
    about INTEGER,
    details TEXT NOT NULL
);

-- Which generation was served from when on; former: the one before it. summary: JSON, the counts of the plan.
CREATE TABLE history (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor INTEGER,
    place TEXT NOT NULL CHECK (place IN ('discord', 'terminal', 'bot')),
    way TEXT NOT NULL,
    generation TEXT NOT NULL,
    former TEXT,
    articles INTEGER NOT NULL,
    summary TEXT NOT NULL
);

-- "Wrong date?" and "Wrong name?": the words of a passage that somebody doubts, and what they said of them.
CREATE TABLE reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    user INTEGER,
    query INTEGER,
    generation TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('date', 'name')),
    article TEXT NOT NULL,
    address TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    words TEXT NOT NULL,
    said TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'mended', 'dismissed')),
    closed_at TEXT,
    closed_by INTEGER
);
CREATE INDEX reports_by_state ON reports (state, number);

-- What is laid over the corpus: an article withdrawn; its words that mean edtf (null: no date); a spelling (words) of a name.
CREATE TABLE overlays (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor INTEGER,
    place TEXT NOT NULL CHECK (place IN ('discord', 'terminal', 'bot')),
    kind TEXT NOT NULL CHECK (kind IN ('withdrawal', 'date', 'spelling')),
    article TEXT,
    words TEXT,
    edtf TEXT,
    name TEXT,
    report INTEGER REFERENCES reports (number),
    undone_at TEXT,
    undone_by INTEGER
);

-- Where the bot put something by itself, so that it can be found again: purpose and about say what.
CREATE TABLE posted (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    purpose TEXT NOT NULL,
    about TEXT NOT NULL,
    channel INTEGER NOT NULL,
    message INTEGER NOT NULL
);
CREATE INDEX posted_by_purpose ON posted (purpose, about);
CREATE INDEX queries_by_time ON queries (asked_at);
