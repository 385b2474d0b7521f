import { isAbsolute, join, relative } from "node:path";
import type { Command } from "./command.ts";

/** The tfjs package and the version whose binding is compiled. */
export const PACKAGE = "@tensorflow/tfjs-node-gpu";
export const PACKAGE_VERSION = "4.22.0";
/** What it takes to compile its binding: the package itself, and the headers of Node's C interface. */
export const NATIVE_PACKAGES = [`${PACKAGE}@${PACKAGE_VERSION}`, "node-api-headers@1"];
/** `webgpu` gives Node a navigator.gpu. */
export const WEBGPU_PACKAGES = [`@tensorflow/tfjs-backend-webgpu@${PACKAGE_VERSION}`, "webgpu@0.6"];

export const LIBRARY = "libtensorflow_cc.so.2";
export const FRAMEWORK = "libtensorflow_framework.so.2";
/** Says in a wheel how it was built. */
export const BUILD_INFO = join("python", "platform", "build_info.py");

/** Where things are in the folder of a setup. */
export function placesIn(folder: string) {
  const tfjs = join(folder, "node_modules", ...PACKAGE.split("/"));
  return {
    tfjs,
    binding: join(tfjs, "lib", "napi-v8", "tfjs_binding.node"),
    unpacked: join(folder, "tensorflow"),
    downloads: join(folder, "wheel"),
    temporary: join(folder, "tmp"),
  };
}

/** Whether a path is the folder or in it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split("/")[0] !== "..";
}

/** Installs packages; their scripts, which would download the old library, do not run. */
export function npmInstall(folder: string, packages: readonly string[]): Command {
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  return { program: "npm", words: ["install", "--prefix", folder, ...flags, ...packages], cwd: folder };
}

/** Prints the folder of an installed TensorFlow, which is not imported for it, or nothing. */
export function findInstalled(): Command {
  const script = `
import importlib.util
spec = importlib.util.find_spec("tensorflow")
print(spec.submodule_search_locations[0] if spec and spec.origin else "")
`;
  // With -c Python looks in the working folder first, where there may be a tensorflow/ that is no package.
  return { program: "python3", words: ["-c", script], cwd: "/" };
}

export function wheelName(gpu: boolean): string {
  return gpu ? "tensorflow" : "tensorflow-cpu";
}

export function pipDownload(folder: string, gpu: boolean): Command {
  const flags = ["--no-deps", "--only-binary=:all:", "--no-input", "--quiet", "--disable-pip-version-check"];
  const { downloads } = placesIn(folder);
  return { program: "python3", words: ["-m", "pip", "download", ...flags, "--dest", downloads, wheelName(gpu)] };
}

/** Takes the libraries, the headers and the build's facts out of a wheel into tensorflow/. */
export function unpackWheel(folder: string, wheel: string): Command {
  const script = `
import sys, zipfile
wanted = ("tensorflow/${LIBRARY}", "tensorflow/${FRAMEWORK}", "tensorflow/include/", "tensorflow/${BUILD_INFO}")
with zipfile.ZipFile(sys.argv[1]) as archive:
    archive.extractall(sys.argv[2], [name for name in archive.namelist() if name.startswith(wanted)])
`;
  return { program: "python3", words: ["-c", script, wheel, folder] };
}

/**
 * @param compiler a program, with arguments of its own where CXX has some.
 * @param library folder of TensorFlow's libraries and include/.
 * @param output where the binding goes before it is moved into place.
 */
export function compileBinding(
  folder: string,
  compiler: readonly [string, ...string[]],
  library: string,
  output: string,
): Command {
  const { tfjs, binding } = placesIn(folder);
  const [program, ...own] = compiler;
  // Relative to the binding where both are in the folder, so that the folder can be moved.
  const place = isWithin(folder, library) ? `$ORIGIN/${relative(join(binding, ".."), library)}` : library;
  return {
    program,
    words: [
      ...own,
      ...["-shared", "-fPIC", "-O2", "-std=c++17", "-DNAPI_VERSION=8"],
      `-I${join(folder, "node_modules", "node-api-headers", "include")}`,
      `-I${join(library, "include")}`,
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((source) => join(tfjs, "binding", source)),
      ...[`-L${library}`, `-l:${LIBRARY}`, `-l:${FRAMEWORK}`],
      // Not -Wl, which cuts a path at its commas.
      ...["-Xlinker", "-rpath", "-Xlinker", place],
      ...["-o", output],
    ],
  };
}

/** Multiplies two matrices and convolves an image, for both take libraries of their own on a GPU. */
export function computeOnce(folder: string): Command {
  const script = `
const tf = require(${JSON.stringify(PACKAGE)});
const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]]));
const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
const convolution = tf.conv2d(image, tf.ones([2, 2, 1, 1]), 1, "valid");
const backend = tf.backend();
console.log(JSON.stringify({
  computed: [...product.dataSync(), ...convolution.dataSync()],
  version: backend.binding.TF_Version,
  device: backend.isUsingGpuDevice ? "cuda" : "cpu",
}));
`;
  return { program: process.execPath, words: ["-e", script], cwd: folder };
}

/** What {@link computeOnce} has to compute; whole numbers, so exact in any precision. */
export const COMPUTED = [19, 22, 43, 50, 12, 16, 24, 28];
