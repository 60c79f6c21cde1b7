-- Imports under way while closing entries weren't recognised: their previews name none.
UPDATE imports SET options = options || '{"closingEntries": "recognise"}', preview = preview || '{"closing": []}'
WHERE state IN ('queued', 'running', 'preview', 'posting');
