-- A conversation without a log identity is deleted: its entries go a few at a time, and the row after them.
CREATE INDEX conversation_deleted ON conversation (key) WHERE log = '';

-- Which blobs the entries of a conversation name. Derived from the entries.
CREATE TABLE blob_ref (
    sha256 TEXT NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversation (key),
    crc INTEGER NOT NULL,
    UNIQUE (sha256, conversation)
) STRICT;
CREATE INDEX blob_ref_by_conversation ON blob_ref (conversation);

-- One row while there may be entries whose blobs were never noted: those of before this table, or of a mended database.
CREATE TABLE blob_scan (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
INSERT INTO blob_scan (one) VALUES (1);
