-- What the attacker outside was up against, beside the certificate it belongs to.
-- $1 audience, $2 board, $3 school year, $4 numbers, $5 relations and limits, $6 hidden groups, $7 programs solved, $8 narrowest interval (-1: nothing hidden), $9 schools that attacked too
UPDATE release.certificate SET attack_numbers = $4::int, attack_relations = $5::int, attack_hidden = $6::int, attack_programs = $7::int, attack_narrowest = $8::int, attack_insiders = $9::int
 WHERE audience = $1 AND board_no = $2::int AND schooljaar = $3::int
