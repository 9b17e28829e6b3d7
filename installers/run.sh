#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh clone to exported masks: installs what is missing, builds, makes a sample project of 120 synthetic
# ultrasound images of which 12 are labelled, trains, predicts, evaluates on 30 images with true masks that training
# never sees, exports masks, and opens the studio on the project when there is a display.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<'END'
Usage: bash installers/run.sh [--no-gui] [--minutes M]
  --no-gui     do not open the studio at the end
  --minutes M  time for training, both methods together (8)
END
}

minutes=8
gui=yes
while [ $# -gt 0 ]; do
    case $1 in
    --no-gui) gui=no ;;
    --minutes)
        minutes=${2:-}
        shift
        ;;
    --help | -h)
        usage
        exit 0
        ;;
    *)
        echo "run.sh: $1 is not an option." >&2
        usage >&2
        exit 2
        ;;
    esac
    [ $# -eq 0 ] || shift
done
if ! [[ $minutes =~ ^[0-9]+(\.[0-9]+)?$ ]] || [[ $minutes =~ ^0+(\.0+)?$ ]]; then
    echo "run.sh: --minutes needs a positive number." >&2
    exit 2
fi

start=$SECONDS
install_packages
build semigda semigda-studio
built=$SECONDS

number=1
while [ -e "$SOURCE/sample/$number" ]; do number=$((number + 1)); done
work=$SOURCE/sample/$number
mkdir -p "$work"
project=$work/ultrasound.semigda
semigda=$BUILD/app/semigda
images() { seq -f "$work/images/us_%04g.png" "$1" "$2"; }

say "Making 120 sample images"
"$semigda" sample "$work" --count 120 --seed 1
say "Making a project: 12 images with masks, 78 without, 30 with masks for the test only"
"$semigda" new "$project" --class Lesion
images 1 12 | xargs "$semigda" import "$project" --masks "$work/masks"
images 13 90 | xargs "$semigda" import "$project"
images 91 120 | xargs "$semigda" import "$project" --masks "$work/masks" --split test

half=$(awk "BEGIN { print $minutes / 2 }")
say "Training a supervised U-Net on the 12 masks, for $half minutes"
"$semigda" train "$project" --method supervised --minutes "$half"
say "Training SemiGDA on the 12 masks and the 78 images without, for $half minutes"
"$semigda" train "$project" --method semigda --minutes "$half"
trained=$SECONDS

say "Predicting what still has no mask"
"$semigda" predict "$project"
say "Evaluating on the 30 test images"
"$semigda" evaluate "$project" --split test --run 1 --run 2
say "Exporting"
"$semigda" export "$project" "$work/exported/masks" --format png --which predicted
"$semigda" export "$project" "$work/exported/pictures" --format overlay --which predicted
"$semigda" check "$project"

say "Done: $((built - start)) s to install and build, $((trained - built)) s to import and train, $((SECONDS - start)) s in all"
cat <<END
Project         $project
Proposed masks  $work/exported/masks (value = class, see classes.json)
With overlay    $work/exported/pictures
Terminal        $semigda --help
Studio          $BUILD/app/semigda-studio "$project"
END
if [ "$gui" = yes ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "Opening the studio"
    "$BUILD/app/semigda-studio" "$project"
fi
