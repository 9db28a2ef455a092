-- One row: the identity of this database and how far it has come. `generation` counts write transactions and
-- `position` counts entries over all conversations, also deleted ones; neither ever falls.
CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    lineage TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

CREATE TABLE writer (
    id TEXT NOT NULL UNIQUE,
    epoch INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    log TEXT NOT NULL,
    writer TEXT NOT NULL,
    title TEXT NOT NULL,
    workspace TEXT NOT NULL,
    harness TEXT NOT NULL,
    model TEXT NOT NULL,
    provider TEXT NOT NULL,
    state TEXT NOT NULL,
    parent TEXT,
    parent_seq INTEGER,
    native_id TEXT,
    native_file TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    head INTEGER NOT NULL,
    message_count INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    checkpoint INTEGER,
    crc INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_by_change ON conversation (updated_at, key);

-- `position` is the order over all conversations: the cursor of the search index.
CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation (key),
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    event TEXT NOT NULL,
    crc INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (conversation, seq),
    UNIQUE (conversation, id)
) STRICT;

CREATE TABLE checkpoint (
    conversation INTEGER PRIMARY KEY REFERENCES conversation (key),
    position INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;

CREATE TABLE outcome (
    client_id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    reply BLOB NOT NULL
) STRICT;
CREATE INDEX outcome_by_age ON outcome (created_at);
