-- Forget what was computed for these boards, before it is computed again in the same transaction. $1 boards, $2 school year
WITH a AS (DELETE FROM result.exposure WHERE board_no = ANY ($1::int[])),
     b AS (DELETE FROM result.clock WHERE board_no = ANY ($1::int[])),
     c AS (DELETE FROM result.figure WHERE board_no = ANY ($1::int[])),
     s AS (DELETE FROM result.spread WHERE board_no = ANY ($1::int[])),
     d AS (DELETE FROM result.series WHERE board_no = ANY ($1::int[])),
     e AS (DELETE FROM result.alarm WHERE board_no = ANY ($1::int[])),
     p AS (DELETE FROM result.alarm_point WHERE board_no = ANY ($1::int[])),
     v AS (DELETE FROM result.alarm_event WHERE board_no = ANY ($1::int[])),
     f AS (DELETE FROM result.goal WHERE board_no = ANY ($1::int[]) AND schooljaar = $2::int),
     g AS (DELETE FROM result.delivery_status WHERE board_no = ANY ($1::int[]) AND schooljaar = $2::int),
     h AS (DELETE FROM result.series_break WHERE board_no = ANY ($1::int[]))
DELETE FROM result.board_state WHERE board_no = ANY ($1::int[])
