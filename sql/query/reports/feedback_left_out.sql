-- Schools that a delivery leaves out while an earlier one has rows of them: school code and name, earlier received, rows. $1 delivery
SELECT code, name, received_on, rows FROM feedback.left_out WHERE delivery_no = $1::int ORDER BY code COLLATE "C", received_on
