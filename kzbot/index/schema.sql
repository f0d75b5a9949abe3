-- One generation: the whole corpus, immutable once finished.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_basis TEXT NOT NULL,
    url TEXT,
    archived_url TEXT,
    publisher TEXT,
    author TEXT,
    published TEXT,
    published_basis TEXT NOT NULL,
    published_ground TEXT,
    published_earliest TEXT,
    published_latest TEXT,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    work_hash TEXT NOT NULL,
    first_seen TEXT NOT NULL
);

-- What the reader made of a file and the build needs again: with it a new name book is applied without reading files.
-- laid: what of that which moderators laid over the corpus bears on the article, which `corrections` does not hold.
CREATE TABLE readings (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    blocks TEXT NOT NULL,
    corrections TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    laid TEXT NOT NULL
);

-- What tells whether a file must be read again; rejected files are remembered too.
CREATE TABLE files (
    file TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    companion_size INTEGER,
    companion_modified_ns INTEGER
) WITHOUT ROWID;

CREATE TABLE rejections (file TEXT NOT NULL, line INTEGER, reason TEXT NOT NULL);

-- Articles whose file still lies in the folder but was not taken: when they come back, they were first seen then.
CREATE TABLE set_aside (id TEXT PRIMARY KEY, file TEXT NOT NULL, first_seen TEXT NOT NULL) WITHOUT ROWID;

-- Articles that moderators withdrew and whose files are there, and what else they laid over the corpus without effect.
CREATE TABLE withdrawn (file TEXT PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE idle (what TEXT NOT NULL, target TEXT NOT NULL, words TEXT, reason TEXT NOT NULL);

-- Passages of a heading that only the metadata holds have in_title = 1 and offsets into the title. opening: the first two of
-- an article, which say what it is about. continues: the passage before it, which this one goes on about without a name.
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    in_title INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    address TEXT NOT NULL UNIQUE,
    opening INTEGER NOT NULL,
    continues INTEGER
);

CREATE VIRTUAL TABLE passages_fts USING fts5 (
    text, title, content = 'passages', content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2', detail = full
);

-- The words of whole articles, over the ends of their passages, as kzbot.language.quoting.grams has them; title: a heading that
-- only the metadata holds. rowid is the article's number.
CREATE VIRTUAL TABLE quotable USING fts5(
    text, title, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);

-- By what a message may name an article, see kzbot.language.addresses: "url:", "host:" or "title:" and what comes behind it.
CREATE TABLE named_as (key TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (key, article)) WITHOUT ROWID;

-- timeline: 1 a dated statement. 0, -1 and -2 put nothing on a timeline by themselves: a year in a name (0), a plan that was
-- given up (-1), a day that is only compared with (-2). 2 and 3 are of basis 'published' and count with a topic only: the
-- heading and the first sentences (2), or the body (3), report what happened on the article's own day; of a name, 2 counts for
-- all that do not stand aside, 3 for the subject.
-- about_start, about_end: a name must stand there to be meant by the mark; null where it may stand anywhere.
CREATE TABLE marks (
    number INTEGER PRIMARY KEY,
    passage INTEGER NOT NULL REFERENCES passages (number),
    start INTEGER,
    "end" INTEGER,
    words TEXT,
    edtf TEXT NOT NULL,
    value TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    basis TEXT NOT NULL,
    anchor TEXT,
    modifier TEXT,
    planned INTEGER NOT NULL,
    timeline INTEGER NOT NULL,
    about_start INTEGER,
    about_end INTEGER
);

-- Statements of several articles that tell of one event share it, under every mark of the passage that gives that date;
-- rank 0 dates it most precisely, or comes first.
CREATE TABLE events (mark INTEGER PRIMARY KEY REFERENCES marks (number), event TEXT NOT NULL, rank INTEGER NOT NULL);

CREATE TABLE names (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    canonical TEXT NOT NULL,
    variants TEXT NOT NULL,
    related TEXT NOT NULL,
    position INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    first TEXT,
    last TEXT,
    adjectives TEXT NOT NULL DEFAULT '[]',
    exact_case INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE kinds (name TEXT PRIMARY KEY, nouns TEXT NOT NULL, profile TEXT, position INTEGER NOT NULL) WITHOUT ROWID;

-- standing: how the name stands in its sentence, see kzbot.language.names.standing.
CREATE TABLE mentions (
    name TEXT NOT NULL REFERENCES names (id),
    passage INTEGER NOT NULL REFERENCES passages (number),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    by TEXT NOT NULL,
    edition TEXT,
    standing TEXT NOT NULL
);

-- The spellings under which each name of the book stands in the texts.
CREATE TABLE name_forms (
    name TEXT NOT NULL REFERENCES names (id),
    form TEXT NOT NULL,
    by TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (name, form, by)
) WITHOUT ROWID;

-- Names that the texts carry though the book does not list them: `form` as written in the passage, `name` the longest
-- form that the same article has for it; told: of what kind it is, see kzbot.language.names.carried.kinds.
CREATE TABLE carried_mentions (
    name TEXT NOT NULL,
    passage INTEGER NOT NULL REFERENCES passages (number),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    form TEXT NOT NULL,
    by TEXT NOT NULL,
    standing TEXT NOT NULL,
    told TEXT NOT NULL
);

-- What those names are over the whole corpus: each belongs to one `root`, whose most used long form is `canonical`.
CREATE TABLE carried_names (
    name TEXT PRIMARY KEY,
    root TEXT NOT NULL
) WITHOUT ROWID;

-- A root with what is known of it: `kind` is guessed on `ground` (null: unknown); first, last: EDTF of its first and last
-- dated mention.
CREATE TABLE carried_roots (
    root TEXT PRIMARY KEY,
    canonical TEXT NOT NULL,
    kind TEXT,
    ground TEXT,
    mentions INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    first TEXT,
    last TEXT
) WITHOUT ROWID;

-- The most mentioned roots of each kind (empty: unknown) of which a form begins with so few letters; longer beginnings are
-- looked up in carried_forms.
CREATE TABLE carried_starts (
    start TEXT NOT NULL,
    root TEXT NOT NULL,
    kind TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (start, root)
) WITHOUT ROWID;

-- What a person may type for a root: `key` as keys.key_of makes it of the form; `sound` as spelling_rules.key_of does, and
-- `shape` the first letters of its words: a near spelling has the same.
CREATE TABLE carried_forms (
    key TEXT NOT NULL,
    root TEXT NOT NULL,
    form TEXT NOT NULL,
    canonical TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    sound TEXT NOT NULL,
    shape TEXT NOT NULL,
    PRIMARY KEY (key, root)
) WITHOUT ROWID;

-- Offices and ranks that the texts themselves give to persons: the holder is a name of the book (`person`) or one that the
-- texts carry (`carried`, a name of carried_names). `words` is the role as written; `office` the same for all ways of writing
-- it; `owner` whose it is: a name's id, the key of a form, or null. former: the text says that it was held before.
CREATE TABLE roles (
    passage INTEGER NOT NULL REFERENCES passages (number),
    person TEXT REFERENCES names (id),
    carried TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    holder_start INTEGER NOT NULL,
    holder_end INTEGER NOT NULL,
    office TEXT NOT NULL,
    owner TEXT,
    former INTEGER NOT NULL
);

-- Unstemmed words of passages and titles, for spelling; passages = how many hold the word.
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;

-- By what an article's text is found to be nearly that of another one, see kzbot.language.near_text.
CREATE TABLE sketches (article INTEGER PRIMARY KEY REFERENCES articles (number), sketch BLOB NOT NULL);

-- Articles that say nearly the same, word for word, as one that arrived before (`of`): of several, the one most alike.
CREATE TABLE near_duplicates (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    of INTEGER NOT NULL REFERENCES articles (number),
    resemblance REAL NOT NULL
);

-- The articles in the order of /new, the last arrived first; entries: its dated statements, or 1 where it has none (0 where
-- nothing of it can be quoted).
CREATE TABLE arrivals (
    place INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number),
    first_seen TEXT NOT NULL,
    entries INTEGER NOT NULL,
    dated INTEGER NOT NULL
);

-- When the first article arrived that mentions a name: an id of the book (carried = 0) or a root of carried_roots.
CREATE TABLE name_arrivals (
    carried INTEGER NOT NULL,
    name TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    PRIMARY KEY (carried, name)
) WITHOUT ROWID;
