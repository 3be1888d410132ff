-- SPDX-License-Identifier: GPL-3.0-or-later
-- What an operator says of a config as a whole: tags, put away, deleted. A deleted config keeps its versions, so that it
-- can be brought back, and so that what gateways still run of it stays known.

ALTER TABLE configs ADD COLUMN archived_at BIGINT;

ALTER TABLE configs ADD COLUMN deleted_at BIGINT;

CREATE TABLE config_tags (
    config TEXT NOT NULL REFERENCES configs (name) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (config, tag)
);
