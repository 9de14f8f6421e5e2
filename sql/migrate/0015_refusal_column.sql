-- Of a file that was refused because a column is missing: which one, as the form of config/ writes its header. Never a header of the file.
ALTER TABLE ops.refusal ADD COLUMN missing text;
