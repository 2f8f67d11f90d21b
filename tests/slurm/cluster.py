"""A Slurm of one host for a test: configuration, state, key and sockets in a folder of its own."""

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import time

MUNGE, CONTROLLER, NODE = "/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd"
PATIENCE = 60  # seconds until it must be up

CONFIGURATION = """\
ClusterName=test
SlurmUser={user}
SlurmdUser={user}
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=2,batch_sched_delay=0,bf_interval=1
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=1000
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class ClusterError(Exception):
    """Slurm did not do what it must."""


def is_installed():
    return all(map(os.path.exists, (MUNGE, CONTROLLER, NODE)))


def free_ports(n):
    with contextlib.ExitStack() as open_ones:
        found = [open_ones.enter_context(socket.socket()) for _ in range(n)]
        for one in found:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in found]


class Cluster:
    """Up while it is entered. Its processes are ended by their ids."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = {**os.environ, "SLURM_CONF": str(self.folder / "slurm.conf")}
        self.daemons = []

    def start(self, *words):
        with open(self.folder / "daemons.log", "ab") as log:
            self.daemons.append(subprocess.Popen(words, env=self.environment, stdout=log,
                                                 stderr=log, stdin=subprocess.DEVNULL,
                                                 cwd=self.folder))

    def configure(self):
        controller_port, node_port = free_ports(2)
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            user=pwd.getpwuid(os.getuid()).pw_name, host=socket.gethostname().split(".")[0],
            folder=self.folder, controller_port=controller_port, node_port=node_port,
            cpus=os.cpu_count()))

    def run(self, *words, **more):
        done = subprocess.run(words, env={**self.environment, **more}, check=False, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise ClusterError(f"`{' '.join(words)}` ended with {done.returncode}: {done.stderr}")
        return done.stdout.strip()

    def until(self, is_so, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while not is_so():
            if time.monotonic() > end or any(one.poll() is not None for one in self.daemons):
                logs = "\n".join(log.read_text(errors="replace")[-2000:]
                                 for log in sorted(self.folder.glob("*.log")))
                raise ClusterError(f"{what} after {patience} s\n{logs}")
            time.sleep(0.2)

    def is_up(self):
        done = subprocess.run(("sinfo", "-h", "-o", "%t"), env=self.environment, check=False,
                              text=True, capture_output=True)
        return done.stdout.strip() == "idle"

    def __enter__(self):
        self.folder.chmod(0o755)
        self.configure()
        socket_path = self.folder / "munge.socket"
        try:
            self.start(MUNGE, "--foreground", "--force", f"--key-file={self.folder}/munge.key",
                       f"--socket={socket_path}", f"--pid-file={self.folder}/munge.pid",
                       f"--log-file={self.folder}/munge.log",
                       f"--seed-file={self.folder}/munge.seed")
            self.until(socket_path.exists, "munge is not up")
            self.start(CONTROLLER, "-D", "-f", str(self.folder / "slurm.conf"))
            self.start(NODE, "-D", "-f", str(self.folder / "slurm.conf"))
            self.until(self.is_up, "Slurm is not up")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons.clear()

    def state_of(self, job):
        """"COMPLETED", "PENDING", ...; of an array the states of all tasks that differ."""
        lines = self.run("scontrol", "-o", "show", "job", job).splitlines()
        return " ".join(sorted({word.split("=")[1] for line in lines for word in line.split()
                                if word.startswith("JobState=")}))


def is_complete():
    return is_installed() and shutil.which("sbatch") is not None
