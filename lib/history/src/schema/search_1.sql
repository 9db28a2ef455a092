-- One row: which history this is the index of, and how far it has come.
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    lineage TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

-- Roles and models, once each.
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- What filters need of a message; `position` is that of its entry.
CREATE TABLE doc (
    position INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    ts INTEGER NOT NULL,
    role INTEGER NOT NULL,
    model INTEGER NOT NULL
) STRICT;

-- Words as they are written, for queries that end in `*`: the index itself keeps only their stems.
CREATE TABLE word (text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    text,
    content = '',
    contentless_delete = 1,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
