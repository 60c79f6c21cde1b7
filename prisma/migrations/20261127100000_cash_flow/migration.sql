-- How an account counts in the cash flow statement; null: as its type says.
ALTER TABLE accounts ADD COLUMN cash_flow TEXT
  CHECK (cash_flow IN ('cash', 'non-cash', 'operating', 'investing', 'financing'));
