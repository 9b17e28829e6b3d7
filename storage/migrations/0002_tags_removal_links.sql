-- SPDX-License-Identifier: Apache-2.0
-- Tags that people give images, images that are taken out of the project with all that belongs to them, and steps that
-- belong together.

ALTER TABLE images ADD COLUMN removed_at TEXT; -- NULL: in the project

DROP INDEX images_by_state;
DROP INDEX images_by_split;
DROP INDEX images_by_series;
CREATE INDEX images_by_state ON images (state) WHERE removed_at IS NULL;
CREATE INDEX images_by_split ON images (split) WHERE removed_at IS NULL;
CREATE INDEX images_by_series ON images (series_key, slice_position) WHERE series_key <> '' AND removed_at IS NULL;
CREATE INDEX images_removed ON images (removed_at) WHERE removed_at IS NOT NULL;

-- The tags there are are those that images have.
CREATE TABLE image_tags (
    image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    tag TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (image_id, tag)
) WITHOUT ROWID;
CREATE INDEX image_tags_by_tag ON image_tags (tag);

-- Steps of other slices that a step takes along when it is undone or redone.
CREATE TABLE linked_steps (
    image_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    other_image_id INTEGER NOT NULL,
    other_sequence INTEGER NOT NULL,
    PRIMARY KEY (image_id, sequence, other_image_id),
    FOREIGN KEY (image_id, sequence) REFERENCES annotation_revisions (image_id, sequence) ON DELETE CASCADE,
    FOREIGN KEY (other_image_id, other_sequence) REFERENCES annotation_revisions (image_id, sequence) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX linked_steps_by_other ON linked_steps (other_image_id, other_sequence);
