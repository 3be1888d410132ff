-- SPDX-License-Identifier: GPL-3.0-or-later
-- A rollback by hand is a state of its own, "offered" is the moment of sending, and what the rules of a rollout need is in
-- columns, not in the list of what was seen.

ALTER TABLE rollouts ADD COLUMN given_up BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE rollout_targets ADD COLUMN begun_at BIGINT;

ALTER TABLE rollout_targets ADD COLUMN soaked BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE rollout_targets ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0;

ALTER TABLE rollout_targets ADD COLUMN resent BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE rollout_targets SET begun_at = COALESCE(sent_at, since)
    WHERE step IN ('offered', 'applying', 'soaking', 'waiting');

UPDATE rollout_targets SET step = 'queued' WHERE step = 'offered' AND sent_at IS NULL;

UPDATE rollout_targets SET soaked = TRUE WHERE healthy_from IS NOT NULL;

UPDATE rollouts SET given_up = TRUE WHERE state = 'rolled_back';

-- "rolled_back" was said at once: where a target is still on its way, it was not seen yet.
UPDATE rollout_targets SET step = 'rolling_back' WHERE back_step = 'sent' AND step <> 'rolled_back'
    AND EXISTS (SELECT 1 FROM rollouts r WHERE r.id = rollout_targets.rollout AND r.state = 'rolled_back');

UPDATE rollouts SET state = 'rolling_back' WHERE state = 'rolled_back'
    AND EXISTS (SELECT 1 FROM rollout_targets t WHERE t.rollout = rollouts.id AND t.step = 'rolling_back');

-- And where one did not go back, the rollout was not rolled back.
UPDATE rollouts SET state = 'failed' WHERE state = 'rolled_back'
    AND EXISTS (SELECT 1 FROM rollout_targets t WHERE t.rollout = rollouts.id AND t.back_step = 'not_proven');

DROP INDEX rollout_targets_going_back;

CREATE INDEX rollout_targets_going_back ON rollout_targets (rollout) WHERE back_step IN ('asked', 'sent');
