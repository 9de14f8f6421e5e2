-- Write everything to the data files; WAL from before is not needed afterwards.
CHECKPOINT
