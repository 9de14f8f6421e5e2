-- Bring the register schema up to date with the register files in force. One row: whether there was anything to do.
SELECT register.refresh()
