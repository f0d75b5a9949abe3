-- Made after loading; a copy that is patched has them already.
CREATE INDEX passages_of_article ON passages (article);
CREATE INDEX passages_continuing ON passages (continues) WHERE continues IS NOT NULL;
CREATE INDEX marks_of_passage ON marks (passage);
CREATE INDEX marks_in_time ON marks (earliest, latest) WHERE timeline = 1;
CREATE INDEX marks_alike ON marks (passage, edtf, number) WHERE timeline = 1;
CREATE INDEX mentions_of_name ON mentions (name, passage);
CREATE INDEX mentions_of_passage ON mentions (passage);
CREATE INDEX carried_by_name ON carried_mentions (name, passage);
CREATE INDEX carried_by_passage ON carried_mentions (passage);
CREATE INDEX carried_by_root ON carried_names (root);
CREATE INDEX carried_forms_by_root ON carried_forms (root);
CREATE INDEX articles_by_date ON articles (published_latest, published_earliest);
CREATE INDEX roles_of_office ON roles (office);
CREATE INDEX roles_of_person ON roles (person) WHERE person IS NOT NULL;
CREATE INDEX roles_of_carried ON roles (carried) WHERE carried IS NOT NULL;
CREATE INDEX roles_of_passage ON roles (passage);
CREATE INDEX articles_by_text ON articles (text_hash);
CREATE INDEX articles_by_url ON articles (url) WHERE url IS NOT NULL;
