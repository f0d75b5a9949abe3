-- phrasing: the number of its phrasing; a row is put in with the text itself, and a trigger below puts the number in its place.
-- alike: the words by which questions count as one, NULL where they do not: what was denied or failed, what was asked of the bot
-- itself, messages. See kzbot/querylog/alike.py.
ALTER TABLE queries ADD COLUMN phrasing;
ALTER TABLE queries ADD COLUMN alike TEXT;
-- counted: asked of the corpus (see OF_THE_BOT in kzbot/querylog/alike.py), and neither denied nor failed.
ALTER TABLE queries ADD COLUMN counted INTEGER GENERATED ALWAYS AS (
    instr(command, ' ') = 0 AND command NOT IN ('button', 'doubt', 'help', 'privacy') AND status NOT IN ('denied', 'failed')
) VIRTUAL;
-- Every different question once, without case, accents and scripts, as a search sees it, and how many questions it is that of, so
-- that words are looked for in each once; kept by triggers.
CREATE TABLE phrasings (number INTEGER PRIMARY KEY, searched TEXT NOT NULL UNIQUE, asked INTEGER NOT NULL);
INSERT INTO phrasings (searched, asked)
    SELECT searched_of(CAST(command AS BLOB), CAST(options AS BLOB)), count(*) FROM queries GROUP BY 1;
UPDATE queries SET
    phrasing = (SELECT number FROM phrasings WHERE searched = searched_of(CAST(command AS BLOB), CAST(options AS BLOB))),
    alike = CASE WHEN status IN ('denied', 'failed') THEN NULL ELSE alike_of(CAST(command AS BLOB), CAST(options AS BLOB)) END;
-- In the order in which lists show questions, with what else lists are narrowed by, so that none is read that is not shown.
CREATE INDEX queries_by_user ON queries (user, number, status, command, channel);
CREATE INDEX queries_by_channel ON queries (channel, number, status, command);
CREATE INDEX queries_by_command ON queries (command, number, status);
CREATE INDEX queries_by_status ON queries (status);
CREATE INDEX queries_by_server ON queries (server);
CREATE INDEX queries_by_alike ON queries (alike);
CREATE INDEX queries_by_phrasing ON queries (phrasing) WHERE typeof(phrasing) = 'integer';
-- Of what was not answered: how often in which way, and by how many people, without reading a row.
CREATE INDEX queries_unanswered ON queries (alike, status, user) WHERE status IN ('not_found', 'partial', 'ambiguous');
-- For figures of some days: what was asked most, and how many people asked of the corpus.
CREATE INDEX queries_by_alike_and_day ON queries (alike, substr(asked_at, 1, 10)) WHERE alike IS NOT NULL;
CREATE INDEX queries_by_user_and_day ON queries (user, substr(asked_at, 1, 10)) WHERE counted;

-- Useful? One answer a person and question; where people are not kept, one a question.
CREATE TABLE ratings (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    query INTEGER NOT NULL,
    user INTEGER,
    useful INTEGER NOT NULL
);
CREATE UNIQUE INDEX ratings_by_query ON ratings (query, ifnull(user, 0));
CREATE INDEX ratings_by_user ON ratings (user);
CREATE INDEX ratings_not_useful ON ratings (query, user) WHERE NOT useful;
CREATE INDEX ratings_by_day ON ratings (substr(at, 1, 10), useful);

-- Who wishes to be told when a question can be answered. user: Discord's id while the wish is open, for nobody can be told
-- otherwise; then its keyed hash, or, where people are not kept, the number of the wish below zero. telling: begun, so that
-- nobody is told twice; where the bot ended meanwhile it is not known whether the message arrived.
CREATE TABLE wishes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    query INTEGER NOT NULL,
    user INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'telling', 'told', 'failed')),
    told_at TEXT,
    UNIQUE (query, user)
);
CREATE INDEX wishes_by_user ON wishes (user);

-- What moderators made of questions that were not answered. alike: NULL once no such question is kept. overlay: the spelling.
-- last: the latest such question at that moment.
CREATE TABLE reviews (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor INTEGER,
    place TEXT NOT NULL CHECK (place IN ('discord', 'terminal', 'bot')),
    kind TEXT NOT NULL CHECK (kind IN ('spelling', 'source', 'tell', 'dismissed')),
    alike TEXT,
    remark TEXT NOT NULL DEFAULT '',
    overlay INTEGER,
    last INTEGER NOT NULL DEFAULT 0,
    undone_at TEXT,
    undone_by INTEGER
);
CREATE INDEX reviews_by_alike ON reviews (alike);

-- Counts, kept by the triggers below, so that a long log is summed up at once. last: the latest such question. not_useful: ratings,
-- whatever the answer was; poor: questions that are not among the unanswered, and whose answer was rated not useful.
CREATE TABLE wordings (
    alike TEXT PRIMARY KEY,
    asked INTEGER NOT NULL,
    unanswered INTEGER NOT NULL,
    partial INTEGER NOT NULL,
    ambiguous INTEGER NOT NULL,
    not_useful INTEGER NOT NULL,
    poor INTEGER NOT NULL,
    last INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX wordings_by_asked ON wordings (asked);
CREATE INDEX wordings_by_wanted ON wordings (unanswered + poor, last, unanswered, partial, ambiguous, not_useful)
    WHERE unanswered + poor > 0;

-- day: in UTC. first, last: no such question has a number outside of them. took: milliseconds to three significant digits; only of questions that are counted.
CREATE TABLE tallies (
    day TEXT,
    command TEXT,
    status TEXT,
    questions INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (day, command, status)
) WITHOUT ROWID;
CREATE TABLE times (day TEXT, took REAL, questions INTEGER NOT NULL, PRIMARY KEY (took, day)) WITHOUT ROWID;

INSERT INTO wordings (alike, asked, unanswered, partial, ambiguous, not_useful, poor, last)
    SELECT alike, count(*), sum(status IN ('not_found', 'partial', 'ambiguous')), sum(status = 'partial'),
        sum(status = 'ambiguous'), 0, 0, max(number)
    FROM queries WHERE alike IS NOT NULL GROUP BY alike;
INSERT INTO tallies (day, command, status, questions, first, last)
    SELECT substr(asked_at, 1, 10), command, status, count(*), min(number), max(number) FROM queries GROUP BY 1, 2, 3;
INSERT INTO times (day, took, questions)
    SELECT substr(asked_at, 1, 10), CAST(printf('%.2e', took_ms) AS REAL), count(*)
    FROM queries WHERE counted GROUP BY 1, 2;

CREATE TRIGGER query_phrased AFTER INSERT ON queries WHEN typeof(NEW.phrasing) = 'text' BEGIN
    INSERT INTO phrasings (searched, asked) VALUES (NEW.phrasing, 1) ON CONFLICT (searched) DO UPDATE SET asked = asked + 1;
    UPDATE queries SET phrasing = (SELECT number FROM phrasings WHERE searched = NEW.phrasing) WHERE number = NEW.number;
END;
CREATE TRIGGER query_tallied AFTER INSERT ON queries BEGIN
    INSERT INTO tallies (day, command, status, questions, first, last)
        VALUES (substr(NEW.asked_at, 1, 10), NEW.command, NEW.status, 1, NEW.number, NEW.number)
        ON CONFLICT (day, command, status) DO UPDATE
        SET questions = questions + 1, first = min(first, excluded.first), last = max(last, excluded.last);
END;
CREATE TRIGGER query_timed AFTER INSERT ON queries WHEN NEW.counted BEGIN
    INSERT INTO times (day, took, questions) VALUES (substr(NEW.asked_at, 1, 10), CAST(printf('%.2e', NEW.took_ms) AS REAL), 1)
        ON CONFLICT (took, day) DO UPDATE SET questions = questions + 1;
END;
CREATE TRIGGER query_counted AFTER INSERT ON queries WHEN NEW.alike IS NOT NULL BEGIN
    INSERT INTO wordings (alike, asked, unanswered, partial, ambiguous, not_useful, poor, last)
        VALUES (NEW.alike, 1, NEW.status IN ('not_found', 'partial', 'ambiguous'), NEW.status = 'partial',
            NEW.status = 'ambiguous', 0, 0, NEW.number)
        ON CONFLICT (alike) DO UPDATE SET asked = asked + 1, unanswered = unanswered + excluded.unanswered,
            partial = partial + excluded.partial, ambiguous = ambiguous + excluded.ambiguous,
            last = max(last, excluded.last);
END;
-- Before: the count of a rating is found through its question.
CREATE TRIGGER query_going BEFORE DELETE ON queries BEGIN
    DELETE FROM ratings WHERE query = OLD.number;
    DELETE FROM wishes WHERE query = OLD.number;
END;
CREATE TRIGGER query_gone AFTER DELETE ON queries BEGIN
    UPDATE tallies SET questions = questions - 1
        WHERE day = substr(OLD.asked_at, 1, 10) AND command = OLD.command AND status = OLD.status;
    DELETE FROM tallies
        WHERE day = substr(OLD.asked_at, 1, 10) AND command = OLD.command AND status = OLD.status AND questions <= 0;
END;
CREATE TRIGGER query_unphrased AFTER DELETE ON queries WHEN OLD.phrasing IS NOT NULL BEGIN
    UPDATE phrasings SET asked = asked - 1 WHERE number = OLD.phrasing;
    DELETE FROM phrasings WHERE number = OLD.phrasing AND asked <= 0;
END;
CREATE TRIGGER query_untimed AFTER DELETE ON queries WHEN OLD.counted BEGIN
    UPDATE times SET questions = questions - 1
        WHERE day = substr(OLD.asked_at, 1, 10) AND took = CAST(printf('%.2e', OLD.took_ms) AS REAL);
    DELETE FROM times
        WHERE day = substr(OLD.asked_at, 1, 10) AND took = CAST(printf('%.2e', OLD.took_ms) AS REAL) AND questions <= 0;
END;
CREATE TRIGGER query_uncounted AFTER DELETE ON queries WHEN OLD.alike IS NOT NULL BEGIN
    UPDATE wordings SET asked = asked - 1, unanswered = unanswered - (OLD.status IN ('not_found', 'partial', 'ambiguous')),
        partial = partial - (OLD.status = 'partial'), ambiguous = ambiguous - (OLD.status = 'ambiguous'),
        last = CASE WHEN last = OLD.number
            THEN ifnull((SELECT max(number) FROM queries WHERE alike = OLD.alike), 0) ELSE last END
        WHERE alike = OLD.alike;
    UPDATE reviews SET alike = NULL
        WHERE alike = OLD.alike AND NOT EXISTS (SELECT 1 FROM wordings WHERE alike = OLD.alike AND asked > 0);
    DELETE FROM wordings WHERE alike = OLD.alike AND asked <= 0;
END;

-- What moderators did is looked through by who, what and when.
CREATE INDEX audit_by_actor ON audit (actor, number);
CREATE INDEX audit_by_action ON audit (action, number);

-- A question that several people rated not useful is one question.
CREATE TRIGGER rated AFTER INSERT ON ratings WHEN NOT NEW.useful BEGIN
    UPDATE wordings SET not_useful = not_useful + 1 WHERE alike = (SELECT alike FROM queries WHERE number = NEW.query);
    UPDATE wordings SET poor = poor + 1
        WHERE alike = (SELECT alike FROM queries
            WHERE number = NEW.query AND status NOT IN ('not_found', 'partial', 'ambiguous'))
            AND NOT EXISTS (SELECT 1 FROM ratings WHERE query = NEW.query AND NOT useful AND number != NEW.number);
END;
CREATE TRIGGER unrated BEFORE DELETE ON ratings WHEN NOT OLD.useful BEGIN
    UPDATE wordings SET not_useful = not_useful - 1 WHERE alike = (SELECT alike FROM queries WHERE number = OLD.query);
    UPDATE wordings SET poor = poor - 1
        WHERE alike = (SELECT alike FROM queries
            WHERE number = OLD.query AND status NOT IN ('not_found', 'partial', 'ambiguous'))
            AND NOT EXISTS (SELECT 1 FROM ratings WHERE query = OLD.query AND NOT useful AND number != OLD.number);
END;
