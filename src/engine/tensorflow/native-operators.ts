import { composedOperators, type Operators } from "./operators.ts";
import type { NativeBackend, OperationAttribute, Tensor, Tf } from "./tf.ts";

/** The operators as TensorFlow's fused ones, which tfjs has no functions for. */
export function nativeOperators(tf: Tf, backend: NativeBackend): Operators {
  const { binding } = backend;
  const flag = (name: string, value: boolean): OperationAttribute => ({ name, type: binding.TF_ATTR_BOOL, value });
  const real = (name: string, value: number): OperationAttribute => ({ name, type: binding.TF_ATTR_FLOAT, value });
  const float32 = (name: string): OperationAttribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT });
  const format: OperationAttribute = { name: "data_format", type: binding.TF_ATTR_STRING, value: "NHWC" };
  const normalising = (epsilon: number) => [
    float32("T"),
    float32("U"),
    real("epsilon", epsilon),
    format,
    flag("is_training", true),
  ];
  return {
    ...composedOperators(tf),
    relu: tf.customGrad<[Tensor]>((input, save) => {
      const [value] = backend.executeMultipleOutputs("Relu", [float32("T")], [input], 1) as [Tensor];
      save([value]);
      return {
        value,
        gradFunc: (gradient, saved) =>
          backend.executeMultipleOutputs("ReluGrad", [float32("T")], [gradient, saved[0] as Tensor], 1),
      };
    }),
    batchNorm(x, scale, shift, epsilon, report) {
      const features = x.shape.at(-1) as number;
      const image = x.shape.length === 4 ? x.shape : [-1, 1, 1, features];
      const normalise = tf.customGrad<[Tensor, Tensor, Tensor]>((input, gamma, beta, save) => {
        const asImage = tf.reshape(input, image);
        const none = tf.tensor(new Float32Array(0), [0]);
        const [output, mean, variance, ...reserved] = backend.executeMultipleOutputs(
          "FusedBatchNormV3",
          [...normalising(epsilon), real("exponential_avg_factor", 1)],
          [asImage, gamma, beta, none, none],
          6,
        ) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
        save([asImage, gamma, ...reserved]);
        // While training, the operation gives the unbiased variance.
        report?.({ mean: tf.keep(mean), variance: tf.keep(variance) });
        return {
          value: tf.reshape(output, x.shape),
          gradFunc: (gradient, saved) =>
            tf.tidy(() => {
              const [byInput, byScale, byShift] = backend.executeMultipleOutputs(
                "FusedBatchNormGradV3",
                normalising(epsilon),
                [tf.reshape(gradient, image), ...saved],
                5,
              ) as [Tensor, Tensor, Tensor, Tensor, Tensor];
              return [tf.reshape(byInput, x.shape), byScale, byShift];
            }),
        };
      });
      return normalise(x, scale, shift);
    },
  };
}
