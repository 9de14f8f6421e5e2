-- Is this board in the register? One row. $1 board
SELECT EXISTS (SELECT FROM register.board WHERE board_no = $1::int)
