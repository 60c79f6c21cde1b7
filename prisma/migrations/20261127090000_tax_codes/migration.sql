-- Tax codes: what is charged on sales (output) and on purchases (input), on which account, in which boxes of the return.
CREATE TABLE tax_codes (
  id SERIAL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('output', 'input')),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  base_box TEXT NOT NULL,
  tax_box TEXT NOT NULL,
  closed BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE (book_id, code)
);
-- Per cent, from a day on.
CREATE TABLE tax_rates (
  tax_code_id INTEGER NOT NULL REFERENCES tax_codes(id),
  from_date DATE NOT NULL,
  rate TEXT NOT NULL,
  PRIMARY KEY (tax_code_id, from_date)
);

GRANT SELECT, INSERT, UPDATE ON tax_codes, tax_rates TO daybook_app;
GRANT USAGE, SELECT ON SEQUENCE tax_codes_id_seq TO daybook_app;
