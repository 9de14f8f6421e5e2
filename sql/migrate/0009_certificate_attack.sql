-- The certificate says what the attacker outside (analyze/disclosure/outside.h) was up against.
ALTER TABLE release.certificate
    ADD attack_numbers   integer,  -- numbers in his system: printed ones and hidden ones
    ADD attack_relations integer,  -- relations and limits that tie them
    ADD attack_hidden    integer,  -- hidden groups he asked after
    ADD attack_programs  integer,  -- linear and integer programs solved
    ADD attack_narrowest integer;  -- narrowest interval of a hidden group; -1 = nothing is hidden
