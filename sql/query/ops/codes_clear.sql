-- Empty the copy of the code lists, questionnaires and due days before it is filled again.
WITH c AS (DELETE FROM register.code), i AS (DELETE FROM register.instrument), d AS (DELETE FROM register.due) DELETE FROM register.item
