-- Why a table is not shown as it is: a name, of which config/wording.json has the sentence ("reden."), so that a board can say it in its own words.
UPDATE release.decision d SET reason = r.name
  FROM (VALUES
       ('te weinig waarnemingen of scholen om uit te splitsen', 'weinig_per_groep'),
       ('het verschil met eerder gepubliceerde cijfers is te klein om te tonen', 'verschil_klein'),
       ('per kwartaal in plaats van per maand', 'per_kwartaal'),
       ('per halfjaar in plaats van per maand', 'per_halfjaar'),
       ('ook per halfjaar te weinig waarnemingen of scholen', 'weinig_per_halfjaar'),
       ('kleine aantallen en kleine verschillen met eerdere cijfers samengenomen als overige scholen', 'samen_verschil_scholen'),
       ('kleine aantallen en kleine verschillen met eerdere cijfers samengenomen als overig', 'samen_verschil'),
       ('kleine aantallen samengenomen als overige scholen', 'samen_scholen'),
       ('kleine aantallen samengenomen als overig', 'samen'),
       ('te weinig waarnemingen', 'weinig'),
       ('het verschil tussen de tellingen gaat over te weinig leerlingen', 'tellingen'),
       ('dit cijfer wordt niet meer berekend', 'vervallen'),
       ('een school zou met haar eigen registraties te veel van de andere scholen kunnen terugrekenen', 'eigen_school'),
       ('het totaal zelf is beschermd', 'totaal'),
       ('te weinig leerlingen vulden geen groep of school in: zij zouden uit te rekenen zijn', 'zonder_groep'),
       ('een samengenomen groep is elders apart te zien', 'elders_apart'),
       ('wat er naast andere cijfers overblijft, gaat over te weinig', 'naast_andere')) AS r(sentence, name)
 WHERE d.reason = r.sentence;
