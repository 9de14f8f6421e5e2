-- Bring the register schema up to date with the register files in force. One row.
SELECT register.refresh()
