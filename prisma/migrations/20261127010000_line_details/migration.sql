-- What a line says beside its account and amount: whom it is with, the item that it opens or settles, the values of the
-- book's dimensions, its tax. Sums of each are kept per month, moved with the lines.

-- The control accounts of customers and suppliers.
ALTER TABLE accounts ADD COLUMN controls TEXT CHECK (controls IN ('receivables', 'payables'));

-- Customers and suppliers. Events hold their ids; names stand here alone, so that they can be changed and forgotten.
CREATE TABLE parties (
  id SERIAL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  closed BOOLEAN NOT NULL DEFAULT FALSE,
  -- Of the last event that changed it; 0: as it was added.
  changed_position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (book_id, code)
);

CREATE TABLE dimensions (
  id SERIAL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (book_id, code)
);
CREATE TABLE dimension_values (
  id SERIAL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  dimension_id INTEGER NOT NULL REFERENCES dimensions(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES dimension_values(id),
  closed BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE (dimension_id, code)
);
CREATE INDEX dimension_values_book_id_idx ON dimension_values(book_id);
-- Lines of the account must name a value of the dimension.
CREATE TABLE required_dimensions (
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  dimension_id INTEGER NOT NULL REFERENCES dimensions(id),
  PRIMARY KEY (account_id, dimension_id)
);

ALTER TABLE postings
  ADD COLUMN party_id INTEGER,
  ADD COLUMN document TEXT,
  ADD COLUMN due_date DATE,
  ADD COLUMN dimension_value_ids INTEGER[],
  ADD COLUMN tax_code_id INTEGER,
  ADD COLUMN tax_part TEXT CHECK (tax_part IN ('base', 'tax')),
  ADD CHECK ((tax_code_id IS NULL) = (tax_part IS NULL));
CREATE INDEX postings_party_id_entry_date_entry_id_line_idx
  ON postings(party_id, entry_date, entry_id, line) WHERE party_id IS NOT NULL;

-- Lines of an account with one party (0: with nobody) and one document, per month: what was invoiced and what was paid.
CREATE TABLE item_balances (
  book_id INTEGER NOT NULL REFERENCES books(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  party_id INTEGER NOT NULL,
  document TEXT NOT NULL,
  unit TEXT NOT NULL,
  month CHAR(7) NOT NULL,
  closing BOOLEAN NOT NULL,
  debit_quantity BIGINT NOT NULL,
  credit_quantity BIGINT NOT NULL,
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  first_date DATE NOT NULL,
  -- The earliest that a line names; a payment names none.
  due_date DATE,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (account_id, party_id, document, unit, month, closing)
);
CREATE INDEX item_balances_book_id_last_position_idx ON item_balances(book_id, last_position);
-- The same over all months: what is open now is found without going through what was settled long ago.
CREATE TABLE items (
  book_id INTEGER NOT NULL REFERENCES books(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  party_id INTEGER NOT NULL,
  document TEXT NOT NULL,
  unit TEXT NOT NULL,
  debit_quantity BIGINT NOT NULL,
  credit_quantity BIGINT NOT NULL,
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  last_month CHAR(7) NOT NULL,
  PRIMARY KEY (account_id, party_id, document, unit)
);
CREATE INDEX items_open_idx ON items(book_id) WHERE debit <> credit OR debit_quantity <> credit_quantity;
CREATE INDEX items_book_id_last_month_idx ON items(book_id, last_month);

-- Sums per value of a dimension, and per tax code what was taxed and the tax.
CREATE TABLE detail_balances (
  book_id INTEGER NOT NULL REFERENCES books(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  kind TEXT NOT NULL CHECK (kind IN ('dimension', 'tax-base', 'tax')),
  of_id INTEGER NOT NULL,
  month CHAR(7) NOT NULL,
  closing BOOLEAN NOT NULL,
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind, of_id, month, closing)
);
CREATE INDEX detail_balances_book_id_last_position_idx ON detail_balances(book_id, last_position);

GRANT SELECT, INSERT, UPDATE ON parties, dimensions, dimension_values, item_balances, items, detail_balances TO daybook_app;
GRANT SELECT, INSERT, DELETE ON required_dimensions TO daybook_app;
GRANT USAGE, SELECT ON SEQUENCE parties_id_seq, dimensions_id_seq, dimension_values_id_seq TO daybook_app;

-- Of an import that waits: its sums by item, dimension and tax.
ALTER TABLE imports ADD COLUMN details JSONB NOT NULL DEFAULT '{"items": [], "sums": []}';

CREATE OR REPLACE VIEW posted_postings AS
SELECT p.entry_id, p.line, p.book_id, p.account_id, p.entry_date, p.side, p.amount, p.memo, p.import_id,
  p.unit, p.quantity, p.rate, p.cost_unit, p.cost,
  p.party_id, p.document, p.due_date, p.dimension_value_ids, p.tax_code_id, p.tax_part
FROM postings p LEFT JOIN imports i ON i.id = p.import_id
WHERE p.import_id IS NULL OR i.state = 'posted';
