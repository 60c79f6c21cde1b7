-- The role that the application works as: it reads and writes the ledger, and has no UPDATE or DELETE on events.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'daybook_app') THEN
    CREATE ROLE daybook_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT daybook_app TO CURRENT_USER;

GRANT USAGE ON SCHEMA public TO daybook_app;
GRANT SELECT, INSERT ON events, command_receipts TO daybook_app;
GRANT SELECT, INSERT, DELETE ON journal_entries, postings, import_chunks TO daybook_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON memberships, imports TO daybook_app;
GRANT SELECT, INSERT, UPDATE ON books, users, api_keys, accounts, account_balances TO daybook_app;
GRANT SELECT ON posted_entries, posted_postings TO daybook_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO daybook_app;

-- The queue's own tables.
CREATE SCHEMA IF NOT EXISTS bullmq AUTHORIZATION daybook_app;
