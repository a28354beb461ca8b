-- Names in parts and their sort keys, contact points, addresses, tags, interactions, tasks, exchange rates.

ALTER TABLE customers ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN name_prefix TEXT;
ALTER TABLE customers ADD COLUMN given_name TEXT;
ALTER TABLE customers ADD COLUMN middle_name TEXT;
ALTER TABLE customers ADD COLUMN family_name TEXT;
ALTER TABLE customers ADD COLUMN name_suffix TEXT;
ALTER TABLE customers ADD COLUMN language TEXT;
ALTER TABLE customers ADD COLUMN description TEXT;
ALTER TABLE customers ADD COLUMN custom TEXT;
CREATE INDEX customers_sort_name ON customers (sort_name, id);

CREATE TABLE contact_points (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    customer_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    raw TEXT NOT NULL,
    normalized TEXT,
    reversed_digits TEXT,
    extension TEXT,
    label TEXT,
    is_primary INTEGER NOT NULL,
    is_invalid INTEGER NOT NULL,
    verified_at INTEGER
) STRICT;
CREATE INDEX contact_points_customer_id ON contact_points (customer_id, id);
CREATE INDEX contact_points_normalized ON contact_points (normalized, id);
CREATE INDEX contact_points_reversed_digits ON contact_points (reversed_digits, id);

CREATE TABLE postal_addresses (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    customer_id BLOB NOT NULL,
    label TEXT,
    is_primary INTEGER NOT NULL,
    street TEXT,
    locality TEXT,
    region TEXT,
    postal_code TEXT,
    country TEXT
) STRICT;
CREATE INDEX postal_addresses_customer_id ON postal_addresses (customer_id, id);
CREATE INDEX postal_addresses_locality ON postal_addresses (locality, id);
CREATE INDEX postal_addresses_postal_code ON postal_addresses (postal_code, id);

CREATE TABLE tags (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    color TEXT
) STRICT;
CREATE INDEX tags_name ON tags (name, id);
CREATE INDEX tags_folded_name ON tags (folded_name, id);

CREATE TABLE taggings (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    tag_id BLOB NOT NULL,
    customer_id BLOB,
    opportunity_id BLOB,
    product_id BLOB,
    campaign_id BLOB,
    interaction_id BLOB
) STRICT;
CREATE INDEX taggings_tag_id ON taggings (tag_id, id);
CREATE INDEX taggings_customer_id ON taggings (customer_id, id);
CREATE INDEX taggings_opportunity_id ON taggings (opportunity_id, id);
CREATE INDEX taggings_product_id ON taggings (product_id, id);
CREATE INDEX taggings_campaign_id ON taggings (campaign_id, id);
CREATE INDEX taggings_interaction_id ON taggings (interaction_id, id);

CREATE TABLE interactions (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    kind TEXT NOT NULL,
    direction TEXT,
    status TEXT NOT NULL,
    channel TEXT,
    subject TEXT,
    body TEXT,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,
    zone TEXT,
    outcome TEXT,
    external_uid TEXT,
    source TEXT,
    owner_id BLOB,
    custom TEXT
) STRICT;
CREATE INDEX interactions_starts_at ON interactions (starts_at, id);
CREATE INDEX interactions_external_uid ON interactions (external_uid, id);
CREATE INDEX interactions_owner_id ON interactions (owner_id, id);

CREATE TABLE interaction_links (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    interaction_id BLOB NOT NULL,
    customer_id BLOB,
    opportunity_id BLOB,
    product_id BLOB,
    campaign_id BLOB,
    is_implied INTEGER NOT NULL
) STRICT;
CREATE INDEX interaction_links_interaction_id ON interaction_links (interaction_id, id);
CREATE INDEX interaction_links_customer_id ON interaction_links (customer_id, id);
CREATE INDEX interaction_links_opportunity_id ON interaction_links (opportunity_id, id);
CREATE INDEX interaction_links_product_id ON interaction_links (product_id, id);
CREATE INDEX interaction_links_campaign_id ON interaction_links (campaign_id, id);

CREATE TABLE interaction_participants (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    interaction_id BLOB NOT NULL,
    customer_id BLOB,
    user_id BLOB,
    address TEXT,
    role TEXT NOT NULL,
    response TEXT NOT NULL
) STRICT;
CREATE INDEX interaction_participants_interaction_id ON interaction_participants (interaction_id, id);
CREATE INDEX interaction_participants_customer_id ON interaction_participants (customer_id, id);
CREATE INDEX interaction_participants_user_id ON interaction_participants (user_id, id);

CREATE TABLE tasks (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    subject TEXT NOT NULL,
    body TEXT,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    due_on INTEGER,
    due_at INTEGER,
    remind_at INTEGER,
    completed_at INTEGER,
    assignee_id BLOB,
    customer_id BLOB,
    opportunity_id BLOB,
    campaign_id BLOB,
    interaction_id BLOB,
    custom TEXT
) STRICT;
CREATE INDEX tasks_due_on ON tasks (due_on, id);
CREATE INDEX tasks_remind_at ON tasks (remind_at, id);
CREATE INDEX tasks_completed_at ON tasks (completed_at, id);
CREATE INDEX tasks_assignee_id ON tasks (assignee_id, id);
CREATE INDEX tasks_customer_id ON tasks (customer_id, id);
CREATE INDEX tasks_opportunity_id ON tasks (opportunity_id, id);
CREATE INDEX tasks_campaign_id ON tasks (campaign_id, id);
CREATE INDEX tasks_interaction_id ON tasks (interaction_id, id);

CREATE TABLE exchange_rates (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    from_currency TEXT NOT NULL,
    to_currency TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    rate INTEGER NOT NULL,
    source TEXT
) STRICT;
CREATE INDEX exchange_rates_from_currency ON exchange_rates (from_currency, id);
CREATE INDEX exchange_rates_valid_from ON exchange_rates (valid_from, id);

CREATE TABLE reporting_currencies (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    code TEXT NOT NULL
) STRICT;
CREATE INDEX reporting_currencies_code ON reporting_currencies (code, id);

CREATE TABLE closing_rates (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    opportunity_id BLOB NOT NULL,
    currency TEXT NOT NULL,
    rate INTEGER NOT NULL,
    rate_on INTEGER NOT NULL,
    amount INTEGER,
    amount_currency TEXT
) STRICT;
CREATE INDEX closing_rates_opportunity_id ON closing_rates (opportunity_id, id);
CREATE INDEX closing_rates_currency ON closing_rates (currency, id);

-- Fields that users define: what they are, and in each record what they hold, as one JSON object.

ALTER TABLE opportunities ADD COLUMN custom TEXT;
ALTER TABLE products ADD COLUMN custom TEXT;
ALTER TABLE campaigns ADD COLUMN custom TEXT;

CREATE TABLE custom_fields (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    record_table TEXT NOT NULL,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    refers_to TEXT,
    options TEXT,
    required INTEGER NOT NULL,
    indexed INTEGER NOT NULL,
    position INTEGER NOT NULL,
    retired_at INTEGER,
    storage_key TEXT NOT NULL
) STRICT;
CREATE INDEX custom_fields_record_table ON custom_fields (record_table, id);

-- Full-text search: the tokens of each record under its rowid, made and looked up by crmkit, which alone knows what a
-- letter is. `words` are in their order; `keys` are what else finds the record: pinyin, initials, parts of numbers.
CREATE VIRTUAL TABLE customers_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE VIRTUAL TABLE contact_points_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE VIRTUAL TABLE interactions_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE VIRTUAL TABLE tasks_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE VIRTUAL TABLE products_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE VIRTUAL TABLE opportunities_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE VIRTUAL TABLE competitors_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
CREATE VIRTUAL TABLE campaigns_search USING fts5 (
    words, keys, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);
