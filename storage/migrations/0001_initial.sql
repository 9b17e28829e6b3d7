-- SPDX-License-Identifier: Apache-2.0
-- The first schema. A released migration is never edited; add the next number instead.
-- Times are UTC text, words (state, split, verdict, status) are those of core/ports/ProjectRecords.h.

PRAGMA application_id = 1397179457; -- "SGDA"

CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- A removed class keeps its row: ids are never used again, and old masks may hold it.
CREATE TABLE classes (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 65534),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    is_visible INTEGER NOT NULL,
    is_locked INTEGER NOT NULL,
    components TEXT NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
);

-- What a list shows comes first, so that reading a list touches little of each row.
CREATE TABLE images (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    split TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    series_key TEXT NOT NULL,
    slice_position INTEGER NOT NULL,
    newest_prediction_id INTEGER REFERENCES predictions (id) ON DELETE SET NULL,
    sha256 TEXT NOT NULL,
    frame INTEGER NOT NULL,
    group_key TEXT NOT NULL, -- images with the same one never lie in different splits; empty: on its own
    patient_key TEXT NOT NULL,
    study_key TEXT NOT NULL,
    channels INTEGER NOT NULL,
    bits_per_sample INTEGER NOT NULL,
    exif_orientation INTEGER NOT NULL,
    format TEXT NOT NULL,
    origin TEXT NOT NULL,
    is_linked INTEGER NOT NULL,
    origin_size INTEGER,     -- of a linked file when its hash was last right
    origin_modified INTEGER,
    spacing_x REAL, -- mm; NULL: unknown
    spacing_y REAL,
    spacing_z REAL,
    origin_x REAL, -- mm, DICOM patient axes; NULL: unknown
    origin_y REAL,
    origin_z REAL,
    direction TEXT, -- nine numbers, row by row
    imported_at TEXT NOT NULL,
    UNIQUE (sha256, frame)
);
CREATE INDEX images_by_state ON images (state);
CREATE INDEX images_by_split ON images (split);
CREATE INDEX images_by_series ON images (series_key, slice_position) WHERE series_key <> '';
CREATE INDEX images_by_group ON images (group_key) WHERE group_key <> '';
CREATE INDEX images_by_newest_prediction ON images (newest_prediction_id) WHERE newest_prediction_id IS NOT NULL;

CREATE TABLE thumbnails (
    image_id INTEGER PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    picture BLOB NOT NULL -- a JPEG or PNG file
);

-- The human mask of an image is a base mask and the revisions between the base's sequence and the cursor.
CREATE TABLE annotations (
    image_id INTEGER PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,      -- the cursor: sequence of the newest edit in force, 0 before the first
    last_sequence INTEGER NOT NULL, -- sequences are never used again, not even after undo
    is_complete INTEGER NOT NULL,
    painted INTEGER NOT NULL -- pixels annotated by a human
);

-- Apart from annotations, so that moving the cursor does not rewrite the mask. No row: nothing annotated, sequence 0.
CREATE TABLE annotation_bases (
    image_id INTEGER PRIMARY KEY REFERENCES annotations (image_id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    mask BLOB NOT NULL
);

CREATE TABLE annotation_revisions (
    id INTEGER PRIMARY KEY,
    image_id INTEGER NOT NULL REFERENCES annotations (image_id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TEXT NOT NULL,
    complete_before INTEGER NOT NULL,
    complete_after INTEGER NOT NULL,
    state_before TEXT NOT NULL,
    state_after TEXT NOT NULL,
    delta BLOB, -- NULL: no pixel changed
    UNIQUE (image_id, sequence)
);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    method TEXT NOT NULL,
    config_json TEXT NOT NULL,
    status TEXT NOT NULL,
    message TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL
);

CREATE TABLE metrics (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    name TEXT NOT NULL,
    value REAL, -- NULL: not a number
    PRIMARY KEY (run_id, step, name)
) WITHOUT ROWID;

CREATE TABLE predictions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
    disagreement REAL NOT NULL,
    entropy REAL NOT NULL,
    estimated_dice REAL,
    created_at TEXT NOT NULL
);
CREATE INDEX predictions_by_image ON predictions (image_id, run_id);
CREATE INDEX predictions_by_run ON predictions (run_id);

-- Apart from predictions, so that a list of 100,000 scores reads no mask.
CREATE TABLE prediction_maps (
    prediction_id INTEGER PRIMARY KEY REFERENCES predictions (id) ON DELETE CASCADE,
    mask BLOB NOT NULL,
    uncertainty_width INTEGER NOT NULL,
    uncertainty_height INTEGER NOT NULL,
    uncertainty BLOB
);

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    prediction_id INTEGER REFERENCES predictions (id) ON DELETE SET NULL,
    verdict TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX reviews_by_image ON reviews (image_id);
CREATE INDEX reviews_by_prediction ON reviews (prediction_id);

CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
);
