-- How statements are laid out, as JSON by statement, and the words that layouts may pick accounts by. Text, not jsonb: the
-- snapshot is compared with what the events say.
ALTER TABLE books ADD COLUMN layouts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE accounts ADD COLUMN tags TEXT[] NOT NULL DEFAULT '{}';
