//! The database: one file for the mail and the reservations of one user of a machine.

use oqto_store::schema::{Migration, Schema};

/// What it is and how it came to its present shape. States and modes are words, so that the file can be read by hand.
pub(crate) static MAIL: Schema =
    Schema { application_id: 0x6f71_746d, migrations: &[Migration { name: "mail and reservations", sql: FIRST }] };

const FIRST: &str = "
CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    boot TEXT NOT NULL,
    since_boot INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    time INTEGER NOT NULL
) STRICT;

CREATE TABLE party (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    last_seq INTEGER NOT NULL DEFAULT 0,
    cursor INTEGER NOT NULL DEFAULT 0,
    seen_at INTEGER,
    left_at INTEGER
) STRICT;

CREATE TABLE member (
    workspace TEXT NOT NULL,
    party INTEGER NOT NULL REFERENCES party,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, party)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    reply_to TEXT,
    sender INTEGER NOT NULL REFERENCES party,
    key TEXT,
    workspace TEXT,
    broadcast INTEGER NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    importance TEXT NOT NULL,
    ack_wanted INTEGER NOT NULL,
    attachments TEXT NOT NULL,
    context TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_thread ON letter (thread);
CREATE INDEX letter_sender ON letter (sender, n);
CREATE INDEX letter_expires ON letter (expires);
CREATE UNIQUE INDEX letter_key ON letter (sender, key) WHERE key IS NOT NULL;

CREATE TABLE delivery (
    party INTEGER NOT NULL REFERENCES party,
    seq INTEGER NOT NULL,
    letter INTEGER NOT NULL REFERENCES letter ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'read', 'acknowledged', 'dead')),
    expires INTEGER NOT NULL,
    why TEXT,
    delivered_at INTEGER,
    read_at INTEGER,
    ended_at INTEGER,
    PRIMARY KEY (party, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX delivery_letter ON delivery (letter, party);
CREATE INDEX delivery_open ON delivery (party, seq) WHERE state IN ('queued', 'delivered', 'read');
CREATE INDEX delivery_unread ON delivery (expires) WHERE state IN ('queued', 'delivered');

CREATE VIRTUAL TABLE letter_words USING fts5 (
    subject, body, content = 'letter', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER letter_added AFTER INSERT ON letter BEGIN
    INSERT INTO letter_words (rowid, subject, body) VALUES (new.n, new.subject, new.body);
END;
CREATE TRIGGER letter_removed AFTER DELETE ON letter BEGIN
    INSERT INTO letter_words (letter_words, rowid, subject, body) VALUES ('delete', old.n, old.subject, old.body);
END;

CREATE TABLE reservation (
    fence INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace TEXT NOT NULL,
    pattern TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('exclusive', 'shared')),
    holder INTEGER NOT NULL REFERENCES party,
    reason TEXT,
    ttl INTEGER NOT NULL,
    granted_at INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    ended TEXT CHECK (ended IN ('released', 'ran out', 'replaced')),
    ended_at INTEGER
) STRICT;
CREATE INDEX reservation_live ON reservation (workspace, holder) WHERE ended IS NULL;
CREATE INDEX reservation_ended ON reservation (ended_at) WHERE ended IS NOT NULL;
";
