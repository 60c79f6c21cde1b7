-- Of an import that waits: customers, suppliers, dimensions and values that it adds. Emptied when it comes to rest, since
-- names stand in their tables alone.
ALTER TABLE imports ADD COLUMN new_masters JSONB NOT NULL DEFAULT '{"values": [], "parties": [], "dimensions": []}';

-- Those under way add none.
UPDATE imports SET options = options || '{"createParties": false, "createValues": false}'
WHERE state IN ('queued', 'running', 'preview', 'posting');
