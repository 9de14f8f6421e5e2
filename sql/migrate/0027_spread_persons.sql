-- Of each school behind a cell also how many persons its events are of, and of a mean whether all of its answers are one: few of a child, or one answer, are found by who takes off the rest.
ALTER TABLE result.spread
    ADD persons bigint,          -- distinct persons of this school in the cell; NULL: nobody is named
    ADD sd      double precision; -- of a mean: standard deviation of the answers of this school
DELETE FROM result.board_state; -- all boards are computed again, now with it
