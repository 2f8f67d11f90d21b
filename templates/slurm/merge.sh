#!/bin/sh
# Join the shards of a survey, after all tasks of shard.sh: submit.sh starts it, or
#   sbatch --dependency=afterok:JOB merge.sh DIR
# DIR/shard-1, DIR/shard-2, ... become DIR/results: the same files as of one run.
#SBATCH --job-name=assess-merge
#SBATCH --mem-per-cpu=512M
#SBATCH --time=01:00:00
set -eu

dir=$1
n=0
while [ -d "$dir/shard-$((n + 1))" ]; do
    n=$((n + 1))
done
dirs=$(seq -f "$dir/shard-%.0f" "$n")
IFS='
'
# shellcheck disable=SC2086 # one folder a line
exec "${ASSESS:-assess}" merge $dirs -o "$dir/results"
