-- What a deleted conversation takes along.
CREATE INDEX doc_by_conversation ON doc (conversation);
