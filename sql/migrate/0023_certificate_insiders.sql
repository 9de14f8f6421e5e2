-- Schools that attacked a release too, each knowing its own records.
ALTER TABLE release.certificate ADD attack_insiders integer NOT NULL DEFAULT 0;
