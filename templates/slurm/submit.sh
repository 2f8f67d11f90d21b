#!/bin/sh
# Grade a survey as a job array of Slurm, and join the shards:
#   submit.sh SURVEY.csv DIR SHARDS [options of assess batch]
# Prints the number of the last job: when it has ended, DIR/results holds what one run would have
# given. SURVEY.csv and DIR must be seen by all nodes. ASSESS names the program if it is not on the
# PATH; what else sbatch is to be told (partition, account) goes into SBATCH_PARTITION and its like.
set -eu

if [ $# -lt 3 ]; then
    echo "usage: submit.sh SURVEY.csv DIR SHARDS [options of assess batch]" >&2
    exit 2
fi
survey=$1
dir=$2
shards=$3
shift 3
here=$(dirname "$0")

mkdir -p "$dir"
array=$(sbatch --parsable --array="1-$shards" --output="$dir/shard-%a.log" --open-mode=append \
    "$here/shard.sh" "$survey" "$dir" "$@")
sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes \
    --output="$dir/merge.log" "$here/merge.sh" "$dir"
