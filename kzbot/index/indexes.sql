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
CREATE INDEX carried_forms_by_sound ON carried_forms (sound);
CREATE INDEX carried_forms_by_shape ON carried_forms (shape, length(sound), sound);
CREATE INDEX carried_by_mentions ON carried_roots (mentions);
CREATE INDEX articles_by_date ON articles (published_latest, published_earliest);
