-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which part of a collector a span is about; empty: the gateway as a whole.

ALTER TABLE spans ADD COLUMN part TEXT NOT NULL DEFAULT '';

DROP INDEX spans_open;

CREATE UNIQUE INDEX spans_open ON spans (uid, kind, part) WHERE ended IS NULL;
