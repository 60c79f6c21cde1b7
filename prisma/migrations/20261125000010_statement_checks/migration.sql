-- What entries and lines refer to, checked once per statement over the rows it inserted: a foreign key does it once per
-- row, which took half of the time of an import. An import also keeps its sums and its file's encoding.

ALTER TABLE postings DROP CONSTRAINT postings_entry_id_fkey;
ALTER TABLE journal_entries
  DROP CONSTRAINT journal_entries_book_id_fkey,
  DROP CONSTRAINT journal_entries_import_id_fkey,
  DROP CONSTRAINT journal_entries_reverses_id_fkey,
  DROP CONSTRAINT journal_entries_user_id_fkey;

-- Entries of an import have no number and reverse nothing: they need no place in these two indexes.
ALTER TABLE journal_entries
  DROP CONSTRAINT journal_entries_book_id_number_key,
  DROP CONSTRAINT journal_entries_reverses_id_key;
CREATE UNIQUE INDEX journal_entries_book_id_number_key ON journal_entries(book_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX journal_entries_reverses_id_key ON journal_entries(reverses_id) WHERE reverses_id IS NOT NULL;

-- The book, the user and the import exist, and stay until the end of this transaction (`FOR KEY SHARE`, as a foreign key
-- would). A definer, because whoever locks a row needs the right to update it. A reversed entry is posted: it stays.
CREATE FUNCTION check_entry_references() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
DECLARE named RECORD; missing TEXT;
BEGIN
  FOR named IN SELECT DISTINCT book_id, import_id, user_id FROM inserted LOOP
    PERFORM FROM books WHERE id = named.book_id FOR KEY SHARE;
    IF NOT FOUND THEN missing := 'book ' || named.book_id; END IF;
    IF named.import_id IS NOT NULL THEN
      PERFORM FROM imports WHERE id = named.import_id AND book_id = named.book_id FOR KEY SHARE;
      IF NOT FOUND THEN missing := 'import ' || named.import_id; END IF;
    END IF;
    IF named.user_id IS NOT NULL THEN
      PERFORM FROM users WHERE id = named.user_id FOR KEY SHARE;
      IF NOT FOUND THEN missing := 'user ' || named.user_id; END IF;
    END IF;
  END LOOP;
  IF missing IS NULL THEN
    SELECT 'entry ' || i.reverses_id INTO missing FROM inserted i
    LEFT JOIN journal_entries e ON e.id = i.reverses_id AND e.book_id = i.book_id
    WHERE i.reverses_id IS NOT NULL AND e.id IS NULL LIMIT 1;
  END IF;
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'there is no %', missing USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entries_references AFTER INSERT ON journal_entries
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_entry_references();

-- Debits equal credits in every entry, and every line has the book, the import and the day of an entry that exists. Always
-- one probe of the key per entry: a plan made while the table is small is kept while it grows.
CREATE OR REPLACE FUNCTION check_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE wrong RECORD;
BEGIN
  PERFORM FROM imports WHERE id IN (SELECT DISTINCT import_id FROM inserted) FOR KEY SHARE;
  SELECT l.entry_id, l.off <> 0 OR l.lines < 2 AS unbalanced INTO wrong
  FROM (SELECT entry_id, book_id, import_id, entry_date, sum(side * amount) AS off, count(*) AS lines
        FROM inserted GROUP BY entry_id, book_id, import_id, entry_date) l
  LEFT JOIN journal_entries e ON e.id = l.entry_id AND e.book_id = l.book_id AND e.entry_date = l.entry_date
    AND e.import_id IS NOT DISTINCT FROM l.import_id
  WHERE l.off <> 0 OR l.lines < 2 OR e.id IS NULL LIMIT 1;
  IF wrong.unbalanced THEN
    RAISE EXCEPTION 'entry % does not balance', wrong.entry_id USING ERRCODE = 'check_violation';
  ELSIF wrong.entry_id IS NOT NULL THEN
    RAISE EXCEPTION 'there is no entry % of this book, import and day', wrong.entry_id
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

-- Only staged rows of an import that is not posted may be deleted, lines before their entries. The import's row is locked
-- first against whoever adds lines to it or posts it meanwhile.
CREATE OR REPLACE FUNCTION refuse_posted_deletion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM imports WHERE id IN (SELECT DISTINCT import_id FROM deleted) FOR UPDATE;
  IF EXISTS (SELECT 1 FROM deleted d LEFT JOIN imports i ON i.id = d.import_id
             WHERE d.import_id IS NULL OR i.state = 'posted') THEN
    RAISE EXCEPTION 'DELETE of posted % is refused: correct by a reversal', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION refuse_orphans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deleted d JOIN postings p ON p.entry_id = d.id) THEN
    RAISE EXCEPTION 'DELETE of entries is refused: they have lines' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
-- By name after `entries_posted_stay`, whose lock it needs.
CREATE TRIGGER entries_without_lines AFTER DELETE ON journal_entries
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION refuse_orphans();

-- Books and users stay because events refer to them; an import stays while it has entries.
CREATE FUNCTION refuse_import_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deleted d JOIN journal_entries e ON e.import_id = d.id) THEN
    RAISE EXCEPTION 'DELETE of imports is refused: they have entries' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER imports_with_entries_stay AFTER DELETE ON imports
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION refuse_import_deletion();
CREATE TRIGGER imports_not_truncated BEFORE TRUNCATE ON imports
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Sums per account, month and kind of what is staged, for an import that waits in preview.
ALTER TABLE imports
  ADD COLUMN sums JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN encoding TEXT NOT NULL DEFAULT 'utf-8' CHECK (encoding IN ('utf-8', 'iso-8859-1'));
-- Imports that wait while this runs: their sums from what they staged, their encoding from their file.
UPDATE imports i SET sums = coalesce((
  SELECT jsonb_agg(jsonb_build_object('account', s.account_id, 'month', s.month, 'closing', s.closing,
    'debit', s.debit::text, 'credit', s.credit::text) ORDER BY s.account_id, s.month, s.closing)
  FROM (SELECT p.account_id, to_char(p.entry_date, 'YYYY-MM') AS month, e.closing,
          coalesce(sum(p.amount) FILTER (WHERE p.side = 1), 0) AS debit,
          coalesce(sum(p.amount) FILTER (WHERE p.side = -1), 0) AS credit
        FROM journal_entries e JOIN postings p ON p.entry_id = e.id
        WHERE e.import_id = i.id GROUP BY 1, 2, 3) s), '[]')
WHERE i.state IN ('preview', 'posting');
DO $$
DECLARE waiting RECORD;
BEGIN
  FOR waiting IN SELECT import_id, string_agg(bytes, '' ORDER BY ordinal) AS bytes FROM import_chunks GROUP BY import_id LOOP
    BEGIN
      PERFORM convert_from(waiting.bytes, 'UTF8');
    EXCEPTION WHEN character_not_in_repertoire THEN
      UPDATE imports SET encoding = 'iso-8859-1' WHERE id = waiting.import_id AND state <> 'posted';
    END;
  END LOOP;
END $$;
-- A file is kept for seconds: compressing it costs more than it saves.
ALTER TABLE import_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- After a large import: the planner knows the tables at once, not when autovacuum comes round. The application doesn't own
-- them; a definer does.
CREATE FUNCTION analyze_ledger() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  ANALYZE journal_entries, postings, account_balances;
END $$;
REVOKE ALL ON FUNCTION analyze_ledger() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyze_ledger() TO daybook_app;
