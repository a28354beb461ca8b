-- The first format: the file's own data, the change log, and a table for each kind of record.
--
-- Ids are UUIDs of 16 bytes under a unique index, beside the integer by which SQLite orders a table. Amounts are two
-- columns: minor units and currency. Decimal numbers are whole numbers of their last digit, dates are days since
-- 1970-01-01, instants are milliseconds since then in UTC. Indexes end with the id, so that a page is read from one.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE commits (
    id INTEGER PRIMARY KEY,
    origin BLOB NOT NULL,
    stamp INTEGER NOT NULL,
    actor TEXT NOT NULL,
    cause TEXT NOT NULL,
    batch BLOB NOT NULL,
    note TEXT
) STRICT;
CREATE INDEX commits_batch ON commits (batch);

-- `fields` is a JSON object: from the name of a field to its value after, or to [before, after] where it had one before.
CREATE TABLE changes (
    sequence INTEGER PRIMARY KEY,
    commit_id INTEGER NOT NULL,
    record_table TEXT NOT NULL,
    record BLOB NOT NULL,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL
) STRICT;
CREATE INDEX changes_commit_id ON changes (commit_id);
CREATE INDEX changes_record ON changes (record);

CREATE TABLE teams (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL
) STRICT;
CREATE INDEX teams_name ON teams (name, id);

CREATE TABLE users (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL,
    email TEXT,
    status TEXT NOT NULL,
    manager_id BLOB,
    team_id BLOB
) STRICT;
CREATE INDEX users_name ON users (name, id);
CREATE INDEX users_manager_id ON users (manager_id, id);
CREATE INDEX users_team_id ON users (team_id, id);

CREATE TABLE customers (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    lifecycle TEXT NOT NULL,
    parent_id BLOB,
    country TEXT,
    industry TEXT,
    website TEXT,
    annual_revenue INTEGER,
    annual_revenue_currency TEXT,
    employees INTEGER,
    founded_year INTEGER,
    owner_id BLOB
) STRICT;
CREATE INDEX customers_name ON customers (name, id);
CREATE INDEX customers_parent_id ON customers (parent_id, id);
CREATE INDEX customers_country ON customers (country, id);
CREATE INDEX customers_industry ON customers (industry, id);
CREATE INDEX customers_owner_id ON customers (owner_id, id);

CREATE TABLE affiliations (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    person_id BLOB NOT NULL,
    organization_id BLOB NOT NULL,
    role TEXT,
    buying_role TEXT,
    is_primary INTEGER NOT NULL,
    from_on INTEGER,
    to_on INTEGER
) STRICT;
CREATE INDEX affiliations_person_id ON affiliations (person_id, id);
CREATE INDEX affiliations_organization_id ON affiliations (organization_id, id);

CREATE TABLE external_ids (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    system TEXT NOT NULL,
    external_id TEXT NOT NULL,
    record_table TEXT NOT NULL,
    record_id BLOB NOT NULL
) STRICT;
CREATE INDEX external_ids_external_id ON external_ids (external_id, id);
CREATE INDEX external_ids_record_id ON external_ids (record_id, id);

CREATE TABLE pipelines (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL,
    is_default INTEGER NOT NULL
) STRICT;
CREATE INDEX pipelines_name ON pipelines (name, id);

CREATE TABLE stages (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    pipeline_id BLOB NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    probability INTEGER,
    forecast_category TEXT,
    rotten_after_days INTEGER
) STRICT;
CREATE INDEX stages_pipeline_id ON stages (pipeline_id, id);
CREATE INDEX stages_name ON stages (name, id);

CREATE TABLE products (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL,
    code TEXT,
    family TEXT,
    list_price INTEGER,
    list_price_currency TEXT,
    status TEXT NOT NULL
) STRICT;
CREATE INDEX products_name ON products (name, id);
CREATE INDEX products_code ON products (code, id);
CREATE INDEX products_family ON products (family, id);

CREATE TABLE opportunities (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL,
    customer_id BLOB,
    pipeline_id BLOB NOT NULL,
    stage_id BLOB NOT NULL,
    stage_entered_at INTEGER,
    outcome TEXT NOT NULL,
    amount INTEGER,
    amount_currency TEXT,
    list_amount INTEGER,
    list_amount_currency TEXT,
    close_on INTEGER,
    probability INTEGER,
    forecast_category TEXT,
    kind TEXT,
    source TEXT,
    next_step TEXT,
    lost_reason TEXT,
    opened_at INTEGER,
    closed_at INTEGER,
    owner_id BLOB,
    campaign_id BLOB
) STRICT;
CREATE INDEX opportunities_customer_id ON opportunities (customer_id, id);
CREATE INDEX opportunities_pipeline_id ON opportunities (pipeline_id, id);
CREATE INDEX opportunities_stage_id ON opportunities (stage_id, id);
CREATE INDEX opportunities_outcome ON opportunities (outcome, id);
CREATE INDEX opportunities_close_on ON opportunities (close_on, id);
CREATE INDEX opportunities_opened_at ON opportunities (opened_at, id);
CREATE INDEX opportunities_closed_at ON opportunities (closed_at, id);
CREATE INDEX opportunities_owner_id ON opportunities (owner_id, id);
CREATE INDEX opportunities_campaign_id ON opportunities (campaign_id, id);

CREATE TABLE opportunity_contacts (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    opportunity_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    role TEXT,
    is_primary INTEGER NOT NULL
) STRICT;
CREATE INDEX opportunity_contacts_opportunity_id ON opportunity_contacts (opportunity_id, id);
CREATE INDEX opportunity_contacts_customer_id ON opportunity_contacts (customer_id, id);

CREATE TABLE opportunity_lines (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    opportunity_id BLOB NOT NULL,
    product_id BLOB NOT NULL,
    quantity INTEGER,
    unit_price INTEGER,
    currency TEXT,
    total INTEGER,
    total_currency TEXT,
    list_total INTEGER,
    list_total_currency TEXT
) STRICT;
CREATE INDEX opportunity_lines_opportunity_id ON opportunity_lines (opportunity_id, id);
CREATE INDEX opportunity_lines_product_id ON opportunity_lines (product_id, id);

CREATE TABLE opportunity_history (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    opportunity_id BLOB NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER,
    stage_id BLOB NOT NULL,
    is_stage_entry INTEGER NOT NULL,
    stage_entered_at INTEGER NOT NULL,
    is_stage_exit INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    amount INTEGER,
    amount_currency TEXT,
    list_amount INTEGER,
    list_amount_currency TEXT,
    close_on INTEGER,
    probability INTEGER,
    forecast_category TEXT
) STRICT;
CREATE INDEX opportunity_history_opportunity_id ON opportunity_history (opportunity_id, id);
CREATE INDEX opportunity_history_from_at ON opportunity_history (from_at, id);
CREATE INDEX opportunity_history_until_at ON opportunity_history (until_at, id);
CREATE INDEX opportunity_history_stage_id ON opportunity_history (stage_id, id);

CREATE TABLE campaigns (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    objective TEXT,
    starts_on INTEGER,
    ends_on INTEGER,
    parent_id BLOB,
    budget INTEGER,
    budget_currency TEXT,
    actual_cost INTEGER,
    actual_cost_currency TEXT,
    expected_response INTEGER,
    expected_revenue INTEGER,
    expected_revenue_currency TEXT,
    owner_id BLOB
) STRICT;
CREATE INDEX campaigns_name ON campaigns (name, id);
CREATE INDEX campaigns_status ON campaigns (status, id);
CREATE INDEX campaigns_parent_id ON campaigns (parent_id, id);
CREATE INDEX campaigns_owner_id ON campaigns (owner_id, id);

CREATE TABLE member_statuses (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    campaign_id BLOB NOT NULL,
    name TEXT NOT NULL,
    is_default INTEGER NOT NULL,
    has_responded INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX member_statuses_campaign_id ON member_statuses (campaign_id, id);

CREATE TABLE campaign_members (
    rowid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    campaign_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    status_id BLOB,
    first_responded_at INTEGER
) STRICT;
CREATE INDEX campaign_members_campaign_id ON campaign_members (campaign_id, id);
CREATE INDEX campaign_members_customer_id ON campaign_members (customer_id, id);
CREATE INDEX campaign_members_status_id ON campaign_members (status_id, id);
