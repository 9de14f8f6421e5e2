-- How a value was printed belongs to the value: config/ may ask for other decimals later. NULL: as config/ says (released before this column).
ALTER TABLE release.figure ADD decimals smallint;
ALTER TABLE release.ledger ADD decimals smallint;
