-- Their old row versions are out of the files.
UPDATE ops.amendment SET swept = true WHERE NOT swept
