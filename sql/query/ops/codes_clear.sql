-- Empty the copy of the code lists and questionnaires before it is filled again.
WITH c AS (DELETE FROM register.code), i AS (DELETE FROM register.instrument) DELETE FROM register.item
