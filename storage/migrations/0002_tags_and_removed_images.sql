-- SPDX-License-Identifier: Apache-2.0
-- Tags that people give images, and images that are taken out of the project with all that belongs to them.

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
