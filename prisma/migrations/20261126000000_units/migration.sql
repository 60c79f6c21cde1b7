-- Lines in currencies and commodities other than the book's base currency, their rates, and the account that takes what
-- rounding leaves over.

ALTER TABLE books ADD COLUMN rounding_account_id INTEGER REFERENCES accounts(id);

-- Commodities (shares, hours). Currencies of ISO 4217 are known to every book.
CREATE TABLE units (
  book_id INTEGER NOT NULL REFERENCES books(id),
  code TEXT NOT NULL,
  decimals SMALLINT NOT NULL CHECK (decimals BETWEEN 0 AND 9),
  name TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (book_id, code)
);

-- Base currency for one of a unit, from a day on until the next rate. A later record of the same day goes before.
CREATE TABLE rates (
  book_id INTEGER NOT NULL REFERENCES books(id),
  unit TEXT NOT NULL,
  day DATE NOT NULL,
  rate NUMERIC NOT NULL CHECK (rate > 0),
  position INTEGER NOT NULL,
  PRIMARY KEY (book_id, unit, day)
);

-- What a line moves in its own unit. Its amount is the base amount; zero where no rate is known, and then the unit
-- balances by itself, or the one it was priced at (cost).
ALTER TABLE postings
  ADD COLUMN unit TEXT,
  ADD COLUMN quantity BIGINT CHECK (quantity >= 0),
  ADD COLUMN rate TEXT,
  ADD COLUMN cost_unit TEXT,
  ADD COLUMN cost BIGINT CHECK (cost >= 0),
  ADD CHECK ((unit IS NULL) = (quantity IS NULL)),
  ADD CHECK ((cost_unit IS NULL) = (cost IS NULL)),
  ADD CHECK (unit IS NOT NULL OR (rate IS NULL AND cost IS NULL)),
  ADD CHECK (cost IS NULL OR amount = 0);

CREATE TABLE unit_balances (
  book_id INTEGER NOT NULL REFERENCES books(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  unit TEXT NOT NULL,
  month CHAR(7) NOT NULL,
  closing BOOLEAN NOT NULL,
  debit_quantity BIGINT NOT NULL,
  credit_quantity BIGINT NOT NULL,
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (account_id, unit, month, closing)
);
CREATE INDEX unit_balances_book_id_month_idx ON unit_balances(book_id, month);

GRANT SELECT, INSERT, UPDATE ON units, rates, unit_balances TO daybook_app;

-- Of an import that waits: the units it defines, its rates, and its sums per account, unit, month and kind.
ALTER TABLE imports ADD COLUMN units JSONB NOT NULL DEFAULT '{"defined": [], "rates": [], "sums": []}';

CREATE OR REPLACE VIEW posted_postings AS
SELECT p.entry_id, p.line, p.book_id, p.account_id, p.entry_date, p.side, p.amount, p.memo, p.import_id,
  p.unit, p.quantity, p.rate, p.cost_unit, p.cost
FROM postings p LEFT JOIN imports i ON i.id = p.import_id
WHERE p.import_id IS NULL OR i.state = 'posted';

-- As before, and units without a base amount balance by themselves.
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
  SELECT entry_id, coalesce(cost_unit, unit) AS unit INTO wrong
  FROM inserted WHERE unit IS NOT NULL AND amount = 0
  GROUP BY entry_id, coalesce(cost_unit, unit) HAVING sum(side * coalesce(cost, quantity)) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % does not balance in %', wrong.entry_id, wrong.unit USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
