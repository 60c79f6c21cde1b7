-- Locks are few among a book's events and are read by themselves.
CREATE INDEX events_book_id_locks_idx ON events(book_id, position) WHERE type IN ('DatesLocked', 'DatesReopened');
