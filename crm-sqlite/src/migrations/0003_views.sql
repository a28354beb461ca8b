-- The views that people read in their own tools: one for each kind of record, without the deleted ones.
--
-- Ids are text, amounts and decimal numbers exact text, dates and instants ISO 8601 in UTC. Written from the definitions
-- by the test in src/views.rs, with CRMKIT_WRITE_VIEWS=1. A later format that changes a column drops the view first.

CREATE VIEW "v_custom_field" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."record_table" AS "record_table",
    t."key" AS "key",
    t."label" AS "label",
    t."kind" AS "kind",
    t."refers_to" AS "refers_to",
    t."options" AS "options",
    t."required" AS "required",
    t."indexed" AS "indexed",
    t."position" AS "position",
    strftime('%Y-%m-%dT%H:%M:%S', (t."retired_at" - ((t."retired_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."retired_at" % 1000 + 1000) % 1000)) AS "retired_at",
    t."storage_key" AS "storage_key"
FROM "custom_fields" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_team" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name"
FROM "teams" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_user" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name",
    t."email" AS "email",
    t."status" AS "status",
    lower(substr(hex(t."manager_id"), 1, 8) || '-' || substr(hex(t."manager_id"), 9, 4) || '-' || substr(hex(t."manager_id"), 13, 4) || '-' || substr(hex(t."manager_id"), 17, 4) || '-' || substr(hex(t."manager_id"), 21, 12)) AS "manager_id",
    (SELECT r."name" FROM "users" AS r WHERE r."id" = t."manager_id") AS "manager_name",
    lower(substr(hex(t."team_id"), 1, 8) || '-' || substr(hex(t."team_id"), 9, 4) || '-' || substr(hex(t."team_id"), 13, 4) || '-' || substr(hex(t."team_id"), 17, 4) || '-' || substr(hex(t."team_id"), 21, 12)) AS "team_id",
    (SELECT r."name" FROM "teams" AS r WHERE r."id" = t."team_id") AS "team_name"
FROM "users" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_customer" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."kind" AS "kind",
    t."name" AS "name",
    t."sort_name" AS "sort_name",
    t."name_prefix" AS "name_prefix",
    t."given_name" AS "given_name",
    t."middle_name" AS "middle_name",
    t."family_name" AS "family_name",
    t."name_suffix" AS "name_suffix",
    t."lifecycle" AS "lifecycle",
    lower(substr(hex(t."parent_id"), 1, 8) || '-' || substr(hex(t."parent_id"), 9, 4) || '-' || substr(hex(t."parent_id"), 13, 4) || '-' || substr(hex(t."parent_id"), 17, 4) || '-' || substr(hex(t."parent_id"), 21, 12)) AS "parent_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."parent_id") AS "parent_name",
    t."country" AS "country",
    t."industry" AS "industry",
    t."website" AS "website",
    CASE WHEN t."annual_revenue_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."annual_revenue" AS TEXT) WHEN t."annual_revenue_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."annual_revenue" < 0 THEN '-' ELSE '' END || abs(t."annual_revenue" / 1000) || '.' || printf('%03d', abs(t."annual_revenue" % 1000)) WHEN t."annual_revenue_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."annual_revenue" < 0 THEN '-' ELSE '' END || abs(t."annual_revenue" / 10000) || '.' || printf('%04d', abs(t."annual_revenue" % 10000)) ELSE CASE WHEN t."annual_revenue" < 0 THEN '-' ELSE '' END || abs(t."annual_revenue" / 100) || '.' || printf('%02d', abs(t."annual_revenue" % 100)) END AS "annual_revenue",
    t."annual_revenue_currency" AS "annual_revenue_currency",
    t."annual_revenue" AS "annual_revenue_minor",
    t."employees" AS "employees",
    t."founded_year" AS "founded_year",
    t."language" AS "language",
    t."description" AS "description",
    lower(substr(hex(t."owner_id"), 1, 8) || '-' || substr(hex(t."owner_id"), 9, 4) || '-' || substr(hex(t."owner_id"), 13, 4) || '-' || substr(hex(t."owner_id"), 17, 4) || '-' || substr(hex(t."owner_id"), 21, 12)) AS "owner_id",
    (SELECT r."name" FROM "users" AS r WHERE r."id" = t."owner_id") AS "owner_name",
    t."custom" AS "custom"
FROM "customers" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_affiliation" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."person_id"), 1, 8) || '-' || substr(hex(t."person_id"), 9, 4) || '-' || substr(hex(t."person_id"), 13, 4) || '-' || substr(hex(t."person_id"), 17, 4) || '-' || substr(hex(t."person_id"), 21, 12)) AS "person_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."person_id") AS "person_name",
    lower(substr(hex(t."organization_id"), 1, 8) || '-' || substr(hex(t."organization_id"), 9, 4) || '-' || substr(hex(t."organization_id"), 13, 4) || '-' || substr(hex(t."organization_id"), 17, 4) || '-' || substr(hex(t."organization_id"), 21, 12)) AS "organization_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."organization_id") AS "organization_name",
    t."role" AS "role",
    t."buying_role" AS "buying_role",
    t."is_primary" AS "is_primary",
    date(t."from_on" * 86400, 'unixepoch') AS "from_on",
    date(t."to_on" * 86400, 'unixepoch') AS "to_on"
FROM "affiliations" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_external_id" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."system" AS "system",
    t."external_id" AS "external_id",
    t."record_table" AS "record_table",
    lower(substr(hex(t."record_id"), 1, 8) || '-' || substr(hex(t."record_id"), 9, 4) || '-' || substr(hex(t."record_id"), 13, 4) || '-' || substr(hex(t."record_id"), 17, 4) || '-' || substr(hex(t."record_id"), 21, 12)) AS "record_id"
FROM "external_ids" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_contact_point" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    t."kind" AS "kind",
    t."raw" AS "raw",
    t."normalized" AS "normalized",
    t."reversed_digits" AS "reversed_digits",
    t."extension" AS "extension",
    t."label" AS "label",
    t."is_primary" AS "is_primary",
    t."is_invalid" AS "is_invalid",
    strftime('%Y-%m-%dT%H:%M:%S', (t."verified_at" - ((t."verified_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."verified_at" % 1000 + 1000) % 1000)) AS "verified_at"
FROM "contact_points" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_postal_address" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    t."label" AS "label",
    t."is_primary" AS "is_primary",
    t."street" AS "street",
    t."locality" AS "locality",
    t."region" AS "region",
    t."postal_code" AS "postal_code",
    t."country" AS "country"
FROM "postal_addresses" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_tag" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name",
    t."folded_name" AS "folded_name",
    t."color" AS "color"
FROM "tags" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_tagging" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."tag_id"), 1, 8) || '-' || substr(hex(t."tag_id"), 9, 4) || '-' || substr(hex(t."tag_id"), 13, 4) || '-' || substr(hex(t."tag_id"), 17, 4) || '-' || substr(hex(t."tag_id"), 21, 12)) AS "tag_id",
    (SELECT r."name" FROM "tags" AS r WHERE r."id" = t."tag_id") AS "tag_name",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    lower(substr(hex(t."product_id"), 1, 8) || '-' || substr(hex(t."product_id"), 9, 4) || '-' || substr(hex(t."product_id"), 13, 4) || '-' || substr(hex(t."product_id"), 17, 4) || '-' || substr(hex(t."product_id"), 21, 12)) AS "product_id",
    (SELECT r."name" FROM "products" AS r WHERE r."id" = t."product_id") AS "product_name",
    lower(substr(hex(t."campaign_id"), 1, 8) || '-' || substr(hex(t."campaign_id"), 9, 4) || '-' || substr(hex(t."campaign_id"), 13, 4) || '-' || substr(hex(t."campaign_id"), 17, 4) || '-' || substr(hex(t."campaign_id"), 21, 12)) AS "campaign_id",
    (SELECT r."name" FROM "campaigns" AS r WHERE r."id" = t."campaign_id") AS "campaign_name",
    lower(substr(hex(t."interaction_id"), 1, 8) || '-' || substr(hex(t."interaction_id"), 9, 4) || '-' || substr(hex(t."interaction_id"), 13, 4) || '-' || substr(hex(t."interaction_id"), 17, 4) || '-' || substr(hex(t."interaction_id"), 21, 12)) AS "interaction_id"
FROM "taggings" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_interaction" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."kind" AS "kind",
    t."direction" AS "direction",
    t."status" AS "status",
    t."channel" AS "channel",
    t."subject" AS "subject",
    t."body" AS "body",
    strftime('%Y-%m-%dT%H:%M:%S', (t."starts_at" - ((t."starts_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."starts_at" % 1000 + 1000) % 1000)) AS "starts_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."ends_at" - ((t."ends_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."ends_at" % 1000 + 1000) % 1000)) AS "ends_at",
    t."zone" AS "zone",
    t."outcome" AS "outcome",
    t."external_uid" AS "external_uid",
    t."source" AS "source",
    lower(substr(hex(t."owner_id"), 1, 8) || '-' || substr(hex(t."owner_id"), 9, 4) || '-' || substr(hex(t."owner_id"), 13, 4) || '-' || substr(hex(t."owner_id"), 17, 4) || '-' || substr(hex(t."owner_id"), 21, 12)) AS "owner_id",
    (SELECT r."name" FROM "users" AS r WHERE r."id" = t."owner_id") AS "owner_name",
    t."custom" AS "custom"
FROM "interactions" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_interaction_link" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."interaction_id"), 1, 8) || '-' || substr(hex(t."interaction_id"), 9, 4) || '-' || substr(hex(t."interaction_id"), 13, 4) || '-' || substr(hex(t."interaction_id"), 17, 4) || '-' || substr(hex(t."interaction_id"), 21, 12)) AS "interaction_id",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    lower(substr(hex(t."product_id"), 1, 8) || '-' || substr(hex(t."product_id"), 9, 4) || '-' || substr(hex(t."product_id"), 13, 4) || '-' || substr(hex(t."product_id"), 17, 4) || '-' || substr(hex(t."product_id"), 21, 12)) AS "product_id",
    (SELECT r."name" FROM "products" AS r WHERE r."id" = t."product_id") AS "product_name",
    lower(substr(hex(t."campaign_id"), 1, 8) || '-' || substr(hex(t."campaign_id"), 9, 4) || '-' || substr(hex(t."campaign_id"), 13, 4) || '-' || substr(hex(t."campaign_id"), 17, 4) || '-' || substr(hex(t."campaign_id"), 21, 12)) AS "campaign_id",
    (SELECT r."name" FROM "campaigns" AS r WHERE r."id" = t."campaign_id") AS "campaign_name",
    t."is_implied" AS "is_implied"
FROM "interaction_links" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_interaction_participant" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."interaction_id"), 1, 8) || '-' || substr(hex(t."interaction_id"), 9, 4) || '-' || substr(hex(t."interaction_id"), 13, 4) || '-' || substr(hex(t."interaction_id"), 17, 4) || '-' || substr(hex(t."interaction_id"), 21, 12)) AS "interaction_id",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    lower(substr(hex(t."user_id"), 1, 8) || '-' || substr(hex(t."user_id"), 9, 4) || '-' || substr(hex(t."user_id"), 13, 4) || '-' || substr(hex(t."user_id"), 17, 4) || '-' || substr(hex(t."user_id"), 21, 12)) AS "user_id",
    (SELECT r."name" FROM "users" AS r WHERE r."id" = t."user_id") AS "user_name",
    t."address" AS "address",
    t."role" AS "role",
    t."response" AS "response"
FROM "interaction_participants" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_task" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."subject" AS "subject",
    t."body" AS "body",
    t."status" AS "status",
    t."priority" AS "priority",
    date(t."due_on" * 86400, 'unixepoch') AS "due_on",
    strftime('%Y-%m-%dT%H:%M:%S', (t."due_at" - ((t."due_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."due_at" % 1000 + 1000) % 1000)) AS "due_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."remind_at" - ((t."remind_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."remind_at" % 1000 + 1000) % 1000)) AS "remind_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."completed_at" - ((t."completed_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."completed_at" % 1000 + 1000) % 1000)) AS "completed_at",
    lower(substr(hex(t."assignee_id"), 1, 8) || '-' || substr(hex(t."assignee_id"), 9, 4) || '-' || substr(hex(t."assignee_id"), 13, 4) || '-' || substr(hex(t."assignee_id"), 17, 4) || '-' || substr(hex(t."assignee_id"), 21, 12)) AS "assignee_id",
    (SELECT r."name" FROM "users" AS r WHERE r."id" = t."assignee_id") AS "assignee_name",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    lower(substr(hex(t."campaign_id"), 1, 8) || '-' || substr(hex(t."campaign_id"), 9, 4) || '-' || substr(hex(t."campaign_id"), 13, 4) || '-' || substr(hex(t."campaign_id"), 17, 4) || '-' || substr(hex(t."campaign_id"), 21, 12)) AS "campaign_id",
    (SELECT r."name" FROM "campaigns" AS r WHERE r."id" = t."campaign_id") AS "campaign_name",
    lower(substr(hex(t."interaction_id"), 1, 8) || '-' || substr(hex(t."interaction_id"), 9, 4) || '-' || substr(hex(t."interaction_id"), 13, 4) || '-' || substr(hex(t."interaction_id"), 17, 4) || '-' || substr(hex(t."interaction_id"), 21, 12)) AS "interaction_id",
    t."custom" AS "custom"
FROM "tasks" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_pipeline" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name",
    t."is_default" AS "is_default"
FROM "pipelines" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_stage" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."pipeline_id"), 1, 8) || '-' || substr(hex(t."pipeline_id"), 9, 4) || '-' || substr(hex(t."pipeline_id"), 13, 4) || '-' || substr(hex(t."pipeline_id"), 17, 4) || '-' || substr(hex(t."pipeline_id"), 21, 12)) AS "pipeline_id",
    (SELECT r."name" FROM "pipelines" AS r WHERE r."id" = t."pipeline_id") AS "pipeline_name",
    t."name" AS "name",
    t."kind" AS "kind",
    t."position" AS "position",
    CASE WHEN t."probability" < 0 THEN '-' ELSE '' END || abs(t."probability" / 100) || '.' || printf('%02d', abs(t."probability" % 100)) AS "probability",
    t."forecast_category" AS "forecast_category",
    t."rotten_after_days" AS "rotten_after_days"
FROM "stages" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_product" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name",
    t."code" AS "code",
    t."family" AS "family",
    CASE WHEN t."list_price_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."list_price" AS TEXT) WHEN t."list_price_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."list_price" < 0 THEN '-' ELSE '' END || abs(t."list_price" / 1000) || '.' || printf('%03d', abs(t."list_price" % 1000)) WHEN t."list_price_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."list_price" < 0 THEN '-' ELSE '' END || abs(t."list_price" / 10000) || '.' || printf('%04d', abs(t."list_price" % 10000)) ELSE CASE WHEN t."list_price" < 0 THEN '-' ELSE '' END || abs(t."list_price" / 100) || '.' || printf('%02d', abs(t."list_price" % 100)) END AS "list_price",
    t."list_price_currency" AS "list_price_currency",
    t."list_price" AS "list_price_minor",
    t."status" AS "status",
    t."custom" AS "custom"
FROM "products" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_opportunity" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    lower(substr(hex(t."pipeline_id"), 1, 8) || '-' || substr(hex(t."pipeline_id"), 9, 4) || '-' || substr(hex(t."pipeline_id"), 13, 4) || '-' || substr(hex(t."pipeline_id"), 17, 4) || '-' || substr(hex(t."pipeline_id"), 21, 12)) AS "pipeline_id",
    (SELECT r."name" FROM "pipelines" AS r WHERE r."id" = t."pipeline_id") AS "pipeline_name",
    lower(substr(hex(t."stage_id"), 1, 8) || '-' || substr(hex(t."stage_id"), 9, 4) || '-' || substr(hex(t."stage_id"), 13, 4) || '-' || substr(hex(t."stage_id"), 17, 4) || '-' || substr(hex(t."stage_id"), 21, 12)) AS "stage_id",
    (SELECT r."name" FROM "stages" AS r WHERE r."id" = t."stage_id") AS "stage_name",
    strftime('%Y-%m-%dT%H:%M:%S', (t."stage_entered_at" - ((t."stage_entered_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."stage_entered_at" % 1000 + 1000) % 1000)) AS "stage_entered_at",
    t."outcome" AS "outcome",
    CASE WHEN t."amount_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."amount" AS TEXT) WHEN t."amount_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 1000) || '.' || printf('%03d', abs(t."amount" % 1000)) WHEN t."amount_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 10000) || '.' || printf('%04d', abs(t."amount" % 10000)) ELSE CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 100) || '.' || printf('%02d', abs(t."amount" % 100)) END AS "amount",
    t."amount_currency" AS "amount_currency",
    t."amount" AS "amount_minor",
    CASE WHEN t."list_amount_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."list_amount" AS TEXT) WHEN t."list_amount_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."list_amount" < 0 THEN '-' ELSE '' END || abs(t."list_amount" / 1000) || '.' || printf('%03d', abs(t."list_amount" % 1000)) WHEN t."list_amount_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."list_amount" < 0 THEN '-' ELSE '' END || abs(t."list_amount" / 10000) || '.' || printf('%04d', abs(t."list_amount" % 10000)) ELSE CASE WHEN t."list_amount" < 0 THEN '-' ELSE '' END || abs(t."list_amount" / 100) || '.' || printf('%02d', abs(t."list_amount" % 100)) END AS "list_amount",
    t."list_amount_currency" AS "list_amount_currency",
    t."list_amount" AS "list_amount_minor",
    date(t."close_on" * 86400, 'unixepoch') AS "close_on",
    CASE WHEN t."probability" < 0 THEN '-' ELSE '' END || abs(t."probability" / 100) || '.' || printf('%02d', abs(t."probability" % 100)) AS "probability",
    t."forecast_category" AS "forecast_category",
    t."kind" AS "kind",
    t."source" AS "source",
    t."next_step" AS "next_step",
    t."lost_reason" AS "lost_reason",
    strftime('%Y-%m-%dT%H:%M:%S', (t."opened_at" - ((t."opened_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."opened_at" % 1000 + 1000) % 1000)) AS "opened_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."closed_at" - ((t."closed_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."closed_at" % 1000 + 1000) % 1000)) AS "closed_at",
    lower(substr(hex(t."owner_id"), 1, 8) || '-' || substr(hex(t."owner_id"), 9, 4) || '-' || substr(hex(t."owner_id"), 13, 4) || '-' || substr(hex(t."owner_id"), 17, 4) || '-' || substr(hex(t."owner_id"), 21, 12)) AS "owner_id",
    (SELECT r."name" FROM "users" AS r WHERE r."id" = t."owner_id") AS "owner_name",
    lower(substr(hex(t."campaign_id"), 1, 8) || '-' || substr(hex(t."campaign_id"), 9, 4) || '-' || substr(hex(t."campaign_id"), 13, 4) || '-' || substr(hex(t."campaign_id"), 17, 4) || '-' || substr(hex(t."campaign_id"), 21, 12)) AS "campaign_id",
    (SELECT r."name" FROM "campaigns" AS r WHERE r."id" = t."campaign_id") AS "campaign_name",
    t."custom" AS "custom"
FROM "opportunities" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_opportunity_contact" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    t."role" AS "role",
    t."is_primary" AS "is_primary"
FROM "opportunity_contacts" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_opportunity_line" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    lower(substr(hex(t."product_id"), 1, 8) || '-' || substr(hex(t."product_id"), 9, 4) || '-' || substr(hex(t."product_id"), 13, 4) || '-' || substr(hex(t."product_id"), 17, 4) || '-' || substr(hex(t."product_id"), 21, 12)) AS "product_id",
    (SELECT r."name" FROM "products" AS r WHERE r."id" = t."product_id") AS "product_name",
    CASE WHEN t."quantity" < 0 THEN '-' ELSE '' END || abs(t."quantity" / 1000000) || '.' || printf('%06d', abs(t."quantity" % 1000000)) AS "quantity",
    CASE WHEN t."unit_price" < 0 THEN '-' ELSE '' END || abs(t."unit_price" / 1000000) || '.' || printf('%06d', abs(t."unit_price" % 1000000)) AS "unit_price",
    t."currency" AS "currency",
    CASE WHEN t."total_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."total" AS TEXT) WHEN t."total_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."total" < 0 THEN '-' ELSE '' END || abs(t."total" / 1000) || '.' || printf('%03d', abs(t."total" % 1000)) WHEN t."total_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."total" < 0 THEN '-' ELSE '' END || abs(t."total" / 10000) || '.' || printf('%04d', abs(t."total" % 10000)) ELSE CASE WHEN t."total" < 0 THEN '-' ELSE '' END || abs(t."total" / 100) || '.' || printf('%02d', abs(t."total" % 100)) END AS "total",
    t."total_currency" AS "total_currency",
    t."total" AS "total_minor",
    CASE WHEN t."list_total_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."list_total" AS TEXT) WHEN t."list_total_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."list_total" < 0 THEN '-' ELSE '' END || abs(t."list_total" / 1000) || '.' || printf('%03d', abs(t."list_total" % 1000)) WHEN t."list_total_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."list_total" < 0 THEN '-' ELSE '' END || abs(t."list_total" / 10000) || '.' || printf('%04d', abs(t."list_total" % 10000)) ELSE CASE WHEN t."list_total" < 0 THEN '-' ELSE '' END || abs(t."list_total" / 100) || '.' || printf('%02d', abs(t."list_total" % 100)) END AS "list_total",
    t."list_total_currency" AS "list_total_currency",
    t."list_total" AS "list_total_minor"
FROM "opportunity_lines" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_opportunity_history" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    strftime('%Y-%m-%dT%H:%M:%S', (t."from_at" - ((t."from_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."from_at" % 1000 + 1000) % 1000)) AS "from_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."until_at" - ((t."until_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."until_at" % 1000 + 1000) % 1000)) AS "until_at",
    lower(substr(hex(t."stage_id"), 1, 8) || '-' || substr(hex(t."stage_id"), 9, 4) || '-' || substr(hex(t."stage_id"), 13, 4) || '-' || substr(hex(t."stage_id"), 17, 4) || '-' || substr(hex(t."stage_id"), 21, 12)) AS "stage_id",
    (SELECT r."name" FROM "stages" AS r WHERE r."id" = t."stage_id") AS "stage_name",
    t."is_stage_entry" AS "is_stage_entry",
    strftime('%Y-%m-%dT%H:%M:%S', (t."stage_entered_at" - ((t."stage_entered_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."stage_entered_at" % 1000 + 1000) % 1000)) AS "stage_entered_at",
    t."is_stage_exit" AS "is_stage_exit",
    t."outcome" AS "outcome",
    CASE WHEN t."amount_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."amount" AS TEXT) WHEN t."amount_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 1000) || '.' || printf('%03d', abs(t."amount" % 1000)) WHEN t."amount_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 10000) || '.' || printf('%04d', abs(t."amount" % 10000)) ELSE CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 100) || '.' || printf('%02d', abs(t."amount" % 100)) END AS "amount",
    t."amount_currency" AS "amount_currency",
    t."amount" AS "amount_minor",
    CASE WHEN t."list_amount_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."list_amount" AS TEXT) WHEN t."list_amount_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."list_amount" < 0 THEN '-' ELSE '' END || abs(t."list_amount" / 1000) || '.' || printf('%03d', abs(t."list_amount" % 1000)) WHEN t."list_amount_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."list_amount" < 0 THEN '-' ELSE '' END || abs(t."list_amount" / 10000) || '.' || printf('%04d', abs(t."list_amount" % 10000)) ELSE CASE WHEN t."list_amount" < 0 THEN '-' ELSE '' END || abs(t."list_amount" / 100) || '.' || printf('%02d', abs(t."list_amount" % 100)) END AS "list_amount",
    t."list_amount_currency" AS "list_amount_currency",
    t."list_amount" AS "list_amount_minor",
    date(t."close_on" * 86400, 'unixepoch') AS "close_on",
    CASE WHEN t."probability" < 0 THEN '-' ELSE '' END || abs(t."probability" / 100) || '.' || printf('%02d', abs(t."probability" % 100)) AS "probability",
    t."forecast_category" AS "forecast_category"
FROM "opportunity_history" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_competitor" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name",
    t."website" AS "website",
    t."strengths" AS "strengths"
FROM "competitors" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_opportunity_competitor" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    lower(substr(hex(t."competitor_id"), 1, 8) || '-' || substr(hex(t."competitor_id"), 9, 4) || '-' || substr(hex(t."competitor_id"), 13, 4) || '-' || substr(hex(t."competitor_id"), 17, 4) || '-' || substr(hex(t."competitor_id"), 21, 12)) AS "competitor_id",
    (SELECT r."name" FROM "competitors" AS r WHERE r."id" = t."competitor_id") AS "competitor_name"
FROM "opportunity_competitors" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_exchange_rate" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."from_currency" AS "from_currency",
    t."to_currency" AS "to_currency",
    date(t."valid_from" * 86400, 'unixepoch') AS "valid_from",
    CASE WHEN t."rate" < 0 THEN '-' ELSE '' END || abs(t."rate" / 10000000000) || '.' || printf('%010d', abs(t."rate" % 10000000000)) AS "rate",
    t."source" AS "source"
FROM "exchange_rates" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_reporting_currency" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."code" AS "code"
FROM "reporting_currencies" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_closing_rate" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."opportunity_id"), 1, 8) || '-' || substr(hex(t."opportunity_id"), 9, 4) || '-' || substr(hex(t."opportunity_id"), 13, 4) || '-' || substr(hex(t."opportunity_id"), 17, 4) || '-' || substr(hex(t."opportunity_id"), 21, 12)) AS "opportunity_id",
    (SELECT r."name" FROM "opportunities" AS r WHERE r."id" = t."opportunity_id") AS "opportunity_name",
    t."currency" AS "currency",
    CASE WHEN t."rate" < 0 THEN '-' ELSE '' END || abs(t."rate" / 10000000000) || '.' || printf('%010d', abs(t."rate" % 10000000000)) AS "rate",
    date(t."rate_on" * 86400, 'unixepoch') AS "rate_on",
    CASE WHEN t."amount_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."amount" AS TEXT) WHEN t."amount_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 1000) || '.' || printf('%03d', abs(t."amount" % 1000)) WHEN t."amount_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 10000) || '.' || printf('%04d', abs(t."amount" % 10000)) ELSE CASE WHEN t."amount" < 0 THEN '-' ELSE '' END || abs(t."amount" / 100) || '.' || printf('%02d', abs(t."amount" % 100)) END AS "amount",
    t."amount_currency" AS "amount_currency",
    t."amount" AS "amount_minor"
FROM "closing_rates" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_campaign" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    t."name" AS "name",
    t."kind" AS "kind",
    t."status" AS "status",
    t."objective" AS "objective",
    date(t."starts_on" * 86400, 'unixepoch') AS "starts_on",
    date(t."ends_on" * 86400, 'unixepoch') AS "ends_on",
    lower(substr(hex(t."parent_id"), 1, 8) || '-' || substr(hex(t."parent_id"), 9, 4) || '-' || substr(hex(t."parent_id"), 13, 4) || '-' || substr(hex(t."parent_id"), 17, 4) || '-' || substr(hex(t."parent_id"), 21, 12)) AS "parent_id",
    (SELECT r."name" FROM "campaigns" AS r WHERE r."id" = t."parent_id") AS "parent_name",
    CASE WHEN t."budget_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."budget" AS TEXT) WHEN t."budget_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."budget" < 0 THEN '-' ELSE '' END || abs(t."budget" / 1000) || '.' || printf('%03d', abs(t."budget" % 1000)) WHEN t."budget_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."budget" < 0 THEN '-' ELSE '' END || abs(t."budget" / 10000) || '.' || printf('%04d', abs(t."budget" % 10000)) ELSE CASE WHEN t."budget" < 0 THEN '-' ELSE '' END || abs(t."budget" / 100) || '.' || printf('%02d', abs(t."budget" % 100)) END AS "budget",
    t."budget_currency" AS "budget_currency",
    t."budget" AS "budget_minor",
    CASE WHEN t."actual_cost_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."actual_cost" AS TEXT) WHEN t."actual_cost_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."actual_cost" < 0 THEN '-' ELSE '' END || abs(t."actual_cost" / 1000) || '.' || printf('%03d', abs(t."actual_cost" % 1000)) WHEN t."actual_cost_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."actual_cost" < 0 THEN '-' ELSE '' END || abs(t."actual_cost" / 10000) || '.' || printf('%04d', abs(t."actual_cost" % 10000)) ELSE CASE WHEN t."actual_cost" < 0 THEN '-' ELSE '' END || abs(t."actual_cost" / 100) || '.' || printf('%02d', abs(t."actual_cost" % 100)) END AS "actual_cost",
    t."actual_cost_currency" AS "actual_cost_currency",
    t."actual_cost" AS "actual_cost_minor",
    CASE WHEN t."expected_response" < 0 THEN '-' ELSE '' END || abs(t."expected_response" / 100) || '.' || printf('%02d', abs(t."expected_response" % 100)) AS "expected_response",
    CASE WHEN t."expected_revenue_currency" IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN CAST(t."expected_revenue" AS TEXT) WHEN t."expected_revenue_currency" IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN CASE WHEN t."expected_revenue" < 0 THEN '-' ELSE '' END || abs(t."expected_revenue" / 1000) || '.' || printf('%03d', abs(t."expected_revenue" % 1000)) WHEN t."expected_revenue_currency" IN ('CLF', 'UYW') THEN CASE WHEN t."expected_revenue" < 0 THEN '-' ELSE '' END || abs(t."expected_revenue" / 10000) || '.' || printf('%04d', abs(t."expected_revenue" % 10000)) ELSE CASE WHEN t."expected_revenue" < 0 THEN '-' ELSE '' END || abs(t."expected_revenue" / 100) || '.' || printf('%02d', abs(t."expected_revenue" % 100)) END AS "expected_revenue",
    t."expected_revenue_currency" AS "expected_revenue_currency",
    t."expected_revenue" AS "expected_revenue_minor",
    lower(substr(hex(t."owner_id"), 1, 8) || '-' || substr(hex(t."owner_id"), 9, 4) || '-' || substr(hex(t."owner_id"), 13, 4) || '-' || substr(hex(t."owner_id"), 17, 4) || '-' || substr(hex(t."owner_id"), 21, 12)) AS "owner_id",
    (SELECT r."name" FROM "users" AS r WHERE r."id" = t."owner_id") AS "owner_name",
    t."custom" AS "custom"
FROM "campaigns" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_member_status" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."campaign_id"), 1, 8) || '-' || substr(hex(t."campaign_id"), 9, 4) || '-' || substr(hex(t."campaign_id"), 13, 4) || '-' || substr(hex(t."campaign_id"), 17, 4) || '-' || substr(hex(t."campaign_id"), 21, 12)) AS "campaign_id",
    (SELECT r."name" FROM "campaigns" AS r WHERE r."id" = t."campaign_id") AS "campaign_name",
    t."name" AS "name",
    t."is_default" AS "is_default",
    t."has_responded" AS "has_responded",
    t."position" AS "position"
FROM "member_statuses" AS t WHERE t."deleted_at" IS NULL;

CREATE VIEW "v_campaign_member" AS SELECT
    lower(substr(hex(t."id"), 1, 8) || '-' || substr(hex(t."id"), 9, 4) || '-' || substr(hex(t."id"), 13, 4) || '-' || substr(hex(t."id"), 17, 4) || '-' || substr(hex(t."id"), 21, 12)) AS "id",
    t."revision" AS "revision",
    strftime('%Y-%m-%dT%H:%M:%S', (t."created_at" - ((t."created_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."created_at" % 1000 + 1000) % 1000)) AS "created_at",
    strftime('%Y-%m-%dT%H:%M:%S', (t."updated_at" - ((t."updated_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."updated_at" % 1000 + 1000) % 1000)) AS "updated_at",
    lower(substr(hex(t."campaign_id"), 1, 8) || '-' || substr(hex(t."campaign_id"), 9, 4) || '-' || substr(hex(t."campaign_id"), 13, 4) || '-' || substr(hex(t."campaign_id"), 17, 4) || '-' || substr(hex(t."campaign_id"), 21, 12)) AS "campaign_id",
    (SELECT r."name" FROM "campaigns" AS r WHERE r."id" = t."campaign_id") AS "campaign_name",
    lower(substr(hex(t."customer_id"), 1, 8) || '-' || substr(hex(t."customer_id"), 9, 4) || '-' || substr(hex(t."customer_id"), 13, 4) || '-' || substr(hex(t."customer_id"), 17, 4) || '-' || substr(hex(t."customer_id"), 21, 12)) AS "customer_id",
    (SELECT r."name" FROM "customers" AS r WHERE r."id" = t."customer_id") AS "customer_name",
    lower(substr(hex(t."status_id"), 1, 8) || '-' || substr(hex(t."status_id"), 9, 4) || '-' || substr(hex(t."status_id"), 13, 4) || '-' || substr(hex(t."status_id"), 17, 4) || '-' || substr(hex(t."status_id"), 21, 12)) AS "status_id",
    (SELECT r."name" FROM "member_statuses" AS r WHERE r."id" = t."status_id") AS "status_name",
    strftime('%Y-%m-%dT%H:%M:%S', (t."first_responded_at" - ((t."first_responded_at" % 1000 + 1000) % 1000)) / 1000, 'unixepoch') || printf('.%03dZ', ((t."first_responded_at" % 1000 + 1000) % 1000)) AS "first_responded_at"
FROM "campaign_members" AS t WHERE t."deleted_at" IS NULL;
