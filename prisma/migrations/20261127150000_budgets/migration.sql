-- What income and expenses are planned to be, by account, month and values of dimensions: an amount that was taken back
-- stays as zero, so that whoever reads what changed since a position sees it.
CREATE TABLE budget_amounts (
  book_id INTEGER NOT NULL REFERENCES books(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  -- Ids of values of dimensions, ascending, parted by commas; empty where the amount is planned for none.
  value_ids TEXT NOT NULL,
  month CHAR(7) NOT NULL,
  -- Minor units of the base currency: income and expenses both above zero as a rule.
  amount BIGINT NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (account_id, value_ids, month)
);
CREATE INDEX budget_amounts_book_id_last_position_idx ON budget_amounts (book_id, last_position);

GRANT SELECT, INSERT, UPDATE ON budget_amounts TO daybook_app;
