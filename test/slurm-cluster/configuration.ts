import { hostname, userInfo } from "node:os";
import { join } from "node:path";

export interface ClusterShape {
  readonly nodes: number;
  /** Of each node; they are only counted, so there may be more than the machine has. */
  readonly cpus: number;
  /** Of each node. */
  readonly memoryMiB: number;
  /** Slurm's `MaxArraySize`: one more than the highest index of an array. */
  readonly maxArraySize: number;
}

export interface Ports {
  readonly controller: number;
  /** One for each node. */
  readonly nodes: readonly number[];
}

export function nodeNames({ nodes }: ClusterShape): string[] {
  return Array.from({ length: nodes }, (_, i) => `node${i + 1}`);
}

/** The text of slurm.conf for a cluster that lives in one folder, on one machine, with everything sped up. */
export function configuration(folder: string, shape: ClusterShape, ports: Ports): string {
  const user = userInfo().username;
  const host = hostname();
  return [
    "ClusterName=claimbench",
    `SlurmctldHost=${host}(127.0.0.1)`,
    `SlurmctldPort=${ports.controller}`,
    `SlurmUser=${user}`,
    `SlurmdUser=${user}`,
    "AuthType=auth/munge",
    // A requeued job starts only when its old credential has expired.
    `AuthInfo=socket=${join(folder, "munge.socket")},cred_expire=5`,
    `StateSaveLocation=${join(folder, "state")}`,
    `SlurmctldPidFile=${join(folder, "slurmctld.pid")}`,
    `SlurmctldLogFile=${join(folder, "slurmctld.log")}`,
    `SlurmdSpoolDir=${join(folder, "spool-%n")}`,
    `SlurmdPidFile=${join(folder, "%n.pid")}`,
    `SlurmdLogFile=${join(folder, "%n.log")}`,
    "ProctrackType=proctrack/linuxproc",
    "TaskPlugin=task/none",
    "MpiDefault=none",
    "JobAcctGatherType=jobacct_gather/none",
    "SelectType=select/cons_tres",
    "SelectTypeParameters=CR_CPU_Memory",
    "SlurmdParameters=config_overrides",
    "SchedulerParameters=bf_interval=1",
    `MaxArraySize=${shape.maxArraySize}`,
    "DefMemPerCPU=16",
    "JobRequeue=1",
    "MinJobAge=600",
    "KillWait=2",
    "CompleteWait=0",
    "MessageTimeout=5",
    "SlurmdTimeout=6",
    "ReturnToService=2",
    ...nodeNames(shape).map(
      (name, i) =>
        `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports.nodes[i]}` +
        ` CPUs=${shape.cpus} RealMemory=${shape.memoryMiB} State=UNKNOWN`,
    ),
    "PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP",
    "",
  ].join("\n");
}
