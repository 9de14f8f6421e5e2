-- Hash of a recorded migration, if it is recorded. $1 file
SELECT sha256 FROM ops.migration WHERE file = $1
