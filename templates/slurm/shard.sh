#!/bin/sh
# One shard of a survey, a task of a job array: submit.sh starts it, or
#   sbatch --array=1-8 shard.sh SURVEY.csv DIR [options of assess batch]
# Task I of N grades shard I/N into DIR/shard-I, where merge.sh looks for it. A task that is started
# again, after a node failed or its time ran out, goes on where it stopped.
#SBATCH --job-name=assess-shard
#SBATCH --cpus-per-task=2
#SBATCH --mem-per-cpu=256M
#SBATCH --time=04:00:00
#SBATCH --requeue
set -eu

survey=$1
dir=$2
shift 2
out=$dir/shard-$SLURM_ARRAY_TASK_ID

if [ -d "$out" ]; then
    set -- --resume "$@"
fi
exec "${ASSESS:-assess}" batch "$survey" -o "$out" -j "${SLURM_CPUS_PER_TASK:-1}" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" "$@"
