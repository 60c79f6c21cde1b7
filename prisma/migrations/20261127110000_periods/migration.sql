-- Days that are locked for good: nobody opens them again. The others that are locked an owner may open, with a reason.
ALTER TABLE books ADD COLUMN sealed_through DATE;
