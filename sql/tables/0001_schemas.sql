-- Room for the analysts' own work. An upgrade leaves it in place.

create schema analysis;

comment on schema analysis is
    'The analysts'' own views and tables. An upgrade leaves them in place and puts views back on the new definitions.';
