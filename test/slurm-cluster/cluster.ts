import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type ClusterShape, configuration, nodeNames } from "./configuration.ts";
import { Daemon } from "./daemon.ts";
import { freePorts } from "./free-ports.ts";
import { processesWith } from "./processes.ts";
import { slurmMissing, withDaemons } from "./programs.ts";

const START_SECONDS = 30;

/** A Slurm cluster on this machine: a controller and so many nodes, which are processes that share the machine. */
export interface Cluster {
  /** For child processes that are to use it: this process's own, with the cluster's configuration. */
  readonly environment: NodeJS.ProcessEnv;
  /** node1, node2 and so on. */
  readonly nodes: readonly string[];
  /** Holds the cluster's files, and is removed with it. */
  readonly folder: string;
  /** Ends everything that belongs to it, its jobs too. */
  stop(): Promise<void>;
  /** The node and what runs on it die at once, and it stays away until it is started. */
  killNode(name: string): Promise<void>;
  startNode(name: string): Promise<void>;
  stopController(): Promise<void>;
  startController(): Promise<void>;
  /** The node takes no more tasks; those that run on it go on. */
  drain(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Calls one of Slurm's programs and gives what it printed. */
  call(program: string, ...args: string[]): Promise<string>;
}

/** Starts a cluster and waits until its nodes take jobs. */
export async function startCluster(given: Partial<ClusterShape> = {}): Promise<Cluster> {
  const missing = slurmMissing();
  if (missing)
    throw new Error(`no Slurm cluster without ${missing}: install Debian's slurmctld, slurmd, slurm-client, munge`);
  const cluster = new LocalCluster({ nodes: 2, cpus: 2, memoryMiB: 1024, maxArraySize: 1001, ...given });
  try {
    await cluster.start();
    return cluster;
  } catch (error) {
    const logs = cluster.logs();
    await cluster.stop();
    throw new Error(`the Slurm cluster did not start: ${(error as Error).message}\n${logs}`, { cause: error });
  }
}

class LocalCluster implements Cluster {
  readonly folder = mkdtempSync(join(tmpdir(), "slurm-"));
  readonly environment = withDaemons({ ...process.env, SLURM_CONF: join(this.folder, "slurm.conf") });
  readonly nodes: readonly string[];
  readonly #shape: ClusterShape;
  readonly #daemons = new Map<string, Daemon>();
  readonly #onExit = () => rmSync(this.folder, { recursive: true, force: true });

  constructor(shape: ClusterShape) {
    this.#shape = shape;
    this.nodes = nodeNames(shape);
    process.once("exit", this.#onExit);
  }

  async start(): Promise<void> {
    const [controller = 0, ...nodes] = await freePorts(1 + this.#shape.nodes);
    writeFileSync(join(this.folder, "slurm.conf"), configuration(this.folder, this.#shape, { controller, nodes }));
    mkdirSync(join(this.folder, "state"));
    for (const name of this.nodes) mkdirSync(join(this.folder, `spool-${name}`));
    await this.#startMunge();
    await this.startController();
    await Promise.all(this.nodes.map((name) => this.startNode(name)));
  }

  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#daemons.values(), (daemon) => daemon.end("SIGKILL")));
    await this.#endProcesses({});
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    process.off("exit", this.#onExit);
  }

  async killNode(name: string): Promise<void> {
    await this.#daemons.get(name)?.end("SIGKILL");
    await this.#endProcesses({ SLURMD_NODENAME: name });
  }

  async startNode(name: string): Promise<void> {
    // Its daemon hands the variable to the processes that keep its tasks, so that they can be found.
    const environment = { ...this.environment, SLURMD_NODENAME: name };
    await this.#start(name, ["slurmd", "-D", "-N", name], environment, async () => {
      const state = await this.call("sinfo", "--noheader", "--nodes", name, "--format=%T");
      return /^(idle|mixed|allocated)$/.test(state.trim());
    });
  }

  async startController(): Promise<void> {
    const answers = async () => (await this.call("scontrol", "ping")).includes("is UP");
    await this.#start("slurmctld", ["slurmctld", "-D"], this.environment, answers);
  }

  async stopController(): Promise<void> {
    // Killed, it would forget the last seconds and start tasks again that run.
    await this.#daemons.get("slurmctld")?.end("SIGTERM");
  }

  async drain(name: string): Promise<void> {
    await this.call("scontrol", "update", `NodeName=${name}`, "State=DRAIN", "Reason=test");
  }

  async resume(name: string): Promise<void> {
    await this.call("scontrol", "update", `NodeName=${name}`, "State=RESUME");
  }

  async call(program: string, ...args: string[]): Promise<string> {
    return (await promisify(execFile)(program, args, { env: this.environment })).stdout;
  }

  /** The last words of each server. */
  logs(): string {
    return Array.from(this.#daemons, ([name, { output }]) => `${name}:\n${output.slice(-1500)}`).join("\n");
  }

  /** Tasks, and the processes that keep them, belong to no daemon. */
  async #endProcesses(variables: Readonly<Record<string, string>>): Promise<void> {
    const find = () => processesWith({ ...variables, SLURM_CONF: this.environment["SLURM_CONF"] as string });
    for (let left = find(); left.length > 0; left = find()) {
      for (const pid of left) kill(pid);
      await sleep(20);
    }
  }

  async #startMunge(): Promise<void> {
    const file = (name: string) => join(this.folder, `munge.${name}`);
    writeFileSync(file("key"), randomBytes(128), { mode: 0o600 });
    const files = ["socket", "key", "pid", "log", "seed"].map((name) =>
      name === "socket" ? `--socket=${file(name)}` : `--${name}-file=${file(name)}`,
    );
    const command = ["munged", "--foreground", "--force", ...files];
    await this.#start("munged", command, this.environment, async () => existsSync(file("socket")));
  }

  /** Starts a server and waits until it is ready; an error of the question counts as no. */
  async #start(
    name: string,
    command: readonly string[],
    environment: NodeJS.ProcessEnv,
    ready: () => Promise<boolean>,
  ): Promise<void> {
    const daemon = new Daemon(command, environment, join(this.folder, `${name}.printed`));
    this.#daemons.set(name, daemon);
    const deadline = Date.now() + 1000 * START_SECONDS;
    while (!(await ready().catch(() => false))) {
      if (!daemon.running) throw new Error(`${name} ended`);
      if (Date.now() > deadline) throw new Error(`${name} was not ready after ${START_SECONDS} s`);
      await sleep(50);
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
