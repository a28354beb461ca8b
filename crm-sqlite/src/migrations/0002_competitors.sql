-- Competitors, and the opportunities that they are after.

CREATE TABLE competitors (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL,
    website TEXT,
    strengths TEXT
) STRICT;
CREATE INDEX competitors_name ON competitors (name, id);

CREATE TABLE opportunity_competitors (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    opportunity_id BLOB NOT NULL,
    competitor_id BLOB NOT NULL
) STRICT;
CREATE INDEX opportunity_competitors_opportunity_id ON opportunity_competitors (opportunity_id, id);
CREATE INDEX opportunity_competitors_competitor_id ON opportunity_competitors (competitor_id, id);
