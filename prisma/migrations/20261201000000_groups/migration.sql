-- A group adds up its own entries and the balances of other books, its members. Those are taken over into the group's own
-- log; these tables are what its events say. A member that was removed stays, with its mark.
CREATE TABLE group_members (
  book_id INTEGER NOT NULL REFERENCES books(id),
  member_id INTEGER NOT NULL REFERENCES books(id) CHECK (member_id <> book_id),
  name TEXT NOT NULL,
  -- Which of its accounts are eliminated, and which go to other accounts of the group than that of their code (JSON, as
  -- text: the snapshot is compared with what the events say).
  intercompany TEXT NOT NULL,
  mapping TEXT NOT NULL,
  -- By whose right to read the member its balances are taken.
  reader_id INTEGER NOT NULL REFERENCES users(id),
  removed BOOLEAN NOT NULL DEFAULT false,
  -- The member's event that it was last taken at, the group's event that did it, and the last that named accounts.
  member_position INTEGER NOT NULL DEFAULT 0,
  taken_position INTEGER NOT NULL DEFAULT 0,
  named_position INTEGER NOT NULL DEFAULT 0,
  -- Where the member stood when it was last looked at: no event's affair.
  seen_head INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (book_id, member_id)
);
CREATE INDEX group_members_member_id_idx ON group_members (member_id);

CREATE TABLE group_accounts (
  book_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (book_id, account_id),
  FOREIGN KEY (book_id, member_id) REFERENCES group_members(book_id, member_id)
);

CREATE TABLE group_balances (
  book_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  month CHAR(7) NOT NULL,
  closing BOOLEAN NOT NULL,
  -- Minor units of the member's base currency.
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (book_id, account_id, month, closing),
  FOREIGN KEY (book_id, account_id) REFERENCES group_accounts(book_id, account_id)
);

GRANT SELECT, INSERT, UPDATE ON group_members, group_accounts, group_balances TO daybook_app;
