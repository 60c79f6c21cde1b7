-- The ledger: books, people, events, accounts, entries, postings, balances and imports.

CREATE TABLE books (
  id SERIAL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  base_currency CHAR(3) NOT NULL,
  start_date DATE NOT NULL,
  first_year_end DATE NOT NULL,
  chart TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  negatives TEXT NOT NULL CHECK (negatives IN ('minus', 'parentheses')),
  legal_name TEXT NOT NULL DEFAULT '',
  registration_number TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  head INTEGER NOT NULL DEFAULT 0,
  head_hash BYTEA NOT NULL DEFAULT '\x',
  presentation_position INTEGER NOT NULL DEFAULT 0,
  locked_through DATE,
  last_number INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE users (
  id SERIAL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE memberships (
  book_id INTEGER NOT NULL REFERENCES books(id),
  user_id INTEGER NOT NULL REFERENCES users(id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'accountant', 'manager', 'auditor')),
  PRIMARY KEY (book_id, user_id)
);
CREATE INDEX memberships_user_id_idx ON memberships(user_id);

CREATE TABLE api_keys (
  id SERIAL PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id),
  book_id INTEGER REFERENCES books(id),
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  revoked_at TIMESTAMPTZ(3)
);
CREATE INDEX api_keys_user_id_idx ON api_keys(user_id);

CREATE TABLE events (
  book_id INTEGER NOT NULL REFERENCES books(id),
  position INTEGER NOT NULL CHECK (position > 0),
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  bytes BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  recorded_at TIMESTAMPTZ(3) NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users(id),
  PRIMARY KEY (book_id, position)
);
CREATE INDEX events_book_id_recorded_at_idx ON events(book_id, recorded_at);

CREATE TABLE command_receipts (
  scope TEXT NOT NULL,
  command_id VARCHAR(255) NOT NULL,
  payload_hash BYTEA NOT NULL,
  answer JSONB NOT NULL,
  recorded_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (scope, command_id)
);

CREATE SEQUENCE account_id_seq AS INTEGER;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY DEFAULT nextval('account_id_seq'),
  book_id INTEGER NOT NULL REFERENCES books(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('asset', 'liability', 'equity', 'income', 'expense')),
  closed BOOLEAN NOT NULL DEFAULT FALSE,
  opened_position INTEGER NOT NULL,
  UNIQUE (book_id, code)
);
CREATE INDEX accounts_book_id_path_idx ON accounts(book_id, path);

CREATE TABLE imports (
  id SERIAL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  state TEXT NOT NULL CHECK
    (state IN ('queued', 'running', 'preview', 'posting', 'posted', 'rejected', 'abandoned')),
  format TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_bytes BIGINT NOT NULL DEFAULT 0,
  file_sha256 TEXT NOT NULL DEFAULT '',
  options JSONB NOT NULL,
  done BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  entries INTEGER NOT NULL DEFAULT 0,
  postings INTEGER NOT NULL DEFAULT 0,
  first_number INTEGER,
  position INTEGER,
  digest TEXT,
  from_date DATE,
  to_date DATE,
  new_accounts JSONB NOT NULL DEFAULT '[]',
  errors JSONB NOT NULL DEFAULT '[]',
  error_count INTEGER NOT NULL DEFAULT 0,
  preview JSONB,
  created_by INTEGER NOT NULL REFERENCES users(id),
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  started_at TIMESTAMPTZ(3),
  finished_at TIMESTAMPTZ(3)
);
CREATE INDEX imports_book_id_created_at_idx ON imports(book_id, created_at);
CREATE INDEX imports_book_id_file_sha256_idx ON imports(book_id, file_sha256);

CREATE TABLE import_chunks (
  import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (import_id, ordinal)
);

-- An entry of an import has no number, position, time or user of its own: the import gives them when it is posted.
CREATE TABLE journal_entries (
  id BIGSERIAL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  import_id INTEGER REFERENCES imports(id),
  ordinal INTEGER,
  number INTEGER,
  entry_date DATE NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'opening', 'adjusting', 'closing', 'reversal')),
  closing BOOLEAN NOT NULL DEFAULT FALSE,
  reference TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL,
  reverses_id BIGINT UNIQUE REFERENCES journal_entries(id),
  position INTEGER,
  recorded_at TIMESTAMPTZ(3),
  user_id INTEGER REFERENCES users(id),
  CHECK ((import_id IS NULL) = (number IS NOT NULL)),
  CHECK ((import_id IS NULL) = (position IS NOT NULL)),
  CHECK ((import_id IS NULL) = (recorded_at IS NOT NULL)),
  CHECK ((import_id IS NULL) = (user_id IS NOT NULL)),
  CHECK ((import_id IS NULL) = (ordinal IS NULL)),
  UNIQUE (book_id, number),
  UNIQUE (import_id, ordinal)
);
CREATE INDEX journal_entries_book_id_entry_date_id_idx ON journal_entries(book_id, entry_date, id);
CREATE INDEX journal_entries_book_id_reference_idx ON journal_entries(book_id, reference);

-- No reference to accounts: staged lines may stand on accounts that the import opens when it is posted.
CREATE TABLE postings (
  entry_id BIGINT NOT NULL REFERENCES journal_entries(id),
  line INTEGER NOT NULL,
  book_id INTEGER NOT NULL,
  import_id INTEGER,
  account_id INTEGER NOT NULL,
  entry_date DATE NOT NULL,
  side SMALLINT NOT NULL CHECK (side IN (-1, 1)),
  amount BIGINT NOT NULL CHECK (amount >= 0),
  memo TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (entry_id, line)
);
CREATE INDEX postings_account_id_entry_date_entry_id_line_idx
  ON postings(account_id, entry_date, entry_id, line);

CREATE TABLE account_balances (
  book_id INTEGER NOT NULL REFERENCES books(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  month CHAR(7) NOT NULL,
  closing BOOLEAN NOT NULL,
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (account_id, month, closing)
);
CREATE INDEX account_balances_book_id_month_idx ON account_balances(book_id, month);

-- Entries that count: posted one by one, or of a posted import. Every reader uses these views.
CREATE VIEW posted_entries AS
SELECT e.id, e.book_id, e.import_id,
  coalesce(e.number, i.first_number + e.ordinal - 1) AS number,
  e.entry_date, e.kind, e.closing, e.reference, e.description, e.reverses_id,
  coalesce(e.position, i.position) AS position,
  coalesce(e.recorded_at, i.finished_at) AS recorded_at,
  coalesce(e.user_id, i.created_by) AS user_id
FROM journal_entries e LEFT JOIN imports i ON i.id = e.import_id
WHERE e.import_id IS NULL OR i.state = 'posted';

CREATE VIEW posted_postings AS
SELECT p.entry_id, p.line, p.book_id, p.account_id, p.entry_date, p.side, p.amount, p.memo, p.import_id
FROM postings p LEFT JOIN imports i ON i.id = p.import_id
WHERE p.import_id IS NULL OR i.state = 'posted';

-- Debits equal credits in every entry, once per statement over the rows it inserted.
CREATE FUNCTION check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE unbalanced BIGINT;
BEGIN
  SELECT entry_id INTO unbalanced FROM inserted
  GROUP BY entry_id HAVING sum(side * amount) <> 0 OR count(*) < 2 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % does not balance', unbalanced USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER postings_balance AFTER INSERT ON postings
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_balance();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what is recorded stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER events_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_immutable BEFORE UPDATE OR TRUNCATE ON journal_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postings_immutable BEFORE UPDATE OR TRUNCATE ON postings
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Only staged rows of an import that is not posted may be deleted.
CREATE FUNCTION refuse_posted_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deleted d LEFT JOIN imports i ON i.id = d.import_id
             WHERE d.import_id IS NULL OR i.state = 'posted') THEN
    RAISE EXCEPTION 'DELETE of posted % is refused: correct by a reversal', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entries_posted_stay AFTER DELETE ON journal_entries
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION refuse_posted_deletion();
CREATE TRIGGER postings_posted_stay AFTER DELETE ON postings
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION refuse_posted_deletion();

-- A posted import stays posted.
CREATE FUNCTION keep_posted_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a posted import does not change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER imports_posted_stay BEFORE UPDATE OR DELETE ON imports
  FOR EACH ROW WHEN (OLD.state = 'posted') EXECUTE FUNCTION keep_posted_import();
